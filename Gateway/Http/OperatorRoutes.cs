// What operators do: move rooms, drain silos.
using Aetheris.Grains.Interfaces.Directory;
using Aetheris.Grains.Interfaces.Rooms;
using Aetheris.Grains.Interfaces.Silos;
using Aetheris.Grains.Interfaces.Tracing;
using Aetheris.Protocol.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Aetheris.Gateway.Http;

/// <summary><c>POST /api/admin/rooms/{room}/migrate</c> and <c>POST /api/admin/silos/{silo}/drain</c>: both answer when it is done.</summary>
internal static class OperatorRoutes
{
    private static readonly TimeSpan MovePatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan DrainPatience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(20);

    public static void Map(RouteGroupBuilder admin)
    {
        admin.MapPost("/rooms/{room}/migrate", MigrateAsync).WithSummary("Move a room live to another silo")
            .ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422).ProducesProblem(503);
        admin.MapPost("/silos/{silo}/drain", DrainAsync).WithSummary("Move all rooms away from a silo and place no new ones there")
            .ProducesProblem(404).ProducesProblem(503);
    }

    internal static async Task<Results<Ok<MigrateAnswer>, ProblemHttpResult>> MigrateAsync(
        string room, MigrateRequest body, IGrainFactory grains, TimeProvider time, CancellationToken aborted)
    {
        if (!RoomName.IsValid(room) || string.IsNullOrWhiteSpace(body.Silo))
            return Problem(StatusCodes.Status400BadRequest, "The body is {\"silo\": NAME}, and names of rooms have 1 to 64 characters of a-z 0-9 . _ -");
        var span = Spans.Begin("aetheris.migrate");
        span?.SetTag("aetheris.room", room);
        Spans.Continue(span);
        try
        {
            return await MoveAsync(room, body.Silo, grains, time, aborted);
        }
        finally
        {
            Spans.End(span);
        }
    }

    private static async Task<Results<Ok<MigrateAnswer>, ProblemHttpResult>> MoveAsync(
        string room, string silo, IGrainFactory grains, TimeProvider time, CancellationToken aborted)
    {
        var grain = grains.GetGrain<IRoomGrain>(room);
        var before = (await grain.GetListingAsync()).LastMove;
        switch (await grain.MigrateAsync(silo))
        {
            case MoveOutcome.NotOpen:
                return Problem(StatusCodes.Status404NotFound, $"There is no open room '{room}'.");
            case MoveOutcome.NoSuchSilo:
                return Problem(StatusCodes.Status404NotFound, $"No active silo of the room's version is named '{silo}'.");
            case MoveOutcome.Moving:
                return Problem(StatusCodes.Status409Conflict, $"The room '{room}' is moving already.");
            case MoveOutcome.SameSilo:
                return Problem(StatusCodes.Status422UnprocessableEntity, $"The room '{room}' is on '{silo}' already.");
        }

        var move = await WaitForMoveAsync(grain, before, time, aborted);
        return move is null
            ? Problem(StatusCodes.Status503ServiceUnavailable, $"The room '{room}' has not arrived on '{silo}' after {MovePatience.TotalSeconds} s; /api/admin/rooms shows where it is.")
            : TypedResults.Ok(MigrateAnswer.Of(move));
    }

    private static async Task<RoomMove?> WaitForMoveAsync(IRoomGrain grain, RoomMove? before, TimeProvider time, CancellationToken aborted)
    {
        var started = time.GetTimestamp();
        while (time.GetElapsedTime(started) < MovePatience)
        {
            try
            {
                var listing = await grain.GetListingAsync().WaitAsync(MovePatience, time, aborted);
                if (listing.LastMove is { } move && move != before)
                    return move;
            }
            catch (Exception exception) when (exception is TimeoutException or Orleans.Runtime.OrleansException)
            {
                // Asked in the moment in which it is nowhere.
            }

            await Task.Delay(LookEvery, time, aborted);
        }

        return null;
    }

    private static async Task<Results<Ok<DrainAnswer>, ProblemHttpResult>> DrainAsync(string silo, IGrainFactory grains, TimeProvider time, CancellationToken aborted)
    {
        var silos = await grains.GetGrain<IClusterGrain>(0).ListSilosAsync();
        if (!silos.Any(listing => string.Equals(listing.Silo, silo, StringComparison.Ordinal)))
            return Problem(StatusCodes.Status404NotFound, $"No silo is named '{silo}'.");
        var grain = grains.GetGrain<ISiloGrain>(silo);
        var report = await grain.DrainAsync();
        var started = time.GetTimestamp();
        while (report.IsMovingRooms && time.GetElapsedTime(started) < DrainPatience)
        {
            await Task.Delay(LookEvery, time, aborted);
            report = await grain.GetReportAsync();
        }

        return TypedResults.Ok(new DrainAnswer(silo, report.Rooms));
    }

    private static ProblemHttpResult Problem(int status, string detail) => TypedResults.Problem(detail, statusCode: status);
}
