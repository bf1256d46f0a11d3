// Shows the replicator's reasons.
using System.Text.Json;
using Aetheris.Gateway.Connections;
using Aetheris.Gateway.Edge;
using Aetheris.Gateway.Replication.Codec2;
using Aetheris.Gateway.Rooms;
using Aetheris.Protocol.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Aetheris.Gateway.Http;

/// <summary>
/// <c>GET /api/admin/rooms/{room}/explain?player=&amp;entity=&amp;ticks=</c>, in Development only: watches one entity for one codec-2 client of
/// this gateway for some ticks and says what was decided about it in each. Nothing is recorded while nobody asks.
/// </summary>
public static class ExplainRoute
{
    private const int DefaultTicks = 60;
    private const int MaxTicks = 240;
    private const int EndMilliseconds = 100;

    /// <summary>Maps the route.</summary>
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/admin/rooms/{room}/explain", ExplainAsync).RequireAuthorization()
            .WithSummary("Why an entity was or was not sent to a client, tick by tick")
            .Produces<ExplainAnswer>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(404);

    private static async Task<IResult> ExplainAsync(
        string room, string player, ulong entity, int? ticks, EdgeLoop loop, RoomLinks rooms, TimeProvider time, CancellationToken cancellation)
    {
        if (!PlayerId.TryParse(player, out var id) || id.IsNone)
            return TypedResults.Problem("player must be a player id: 26 characters of Crockford base 32.", statusCode: StatusCodes.Status400BadRequest);
        var count = ticks ?? DefaultTicks;
        if (count is < 1 or > MaxTicks)
            return TypedResults.Problem($"ticks must be 1 to {MaxTicks}.", statusCode: StatusCodes.Status400BadRequest);
        var trace = new DecisionTrace(new NetworkId(entity));
        var rate = await loop.InvokeAsync(() => Begin(rooms, room, id, trace));
        if (rate == 0)
        {
            return TypedResults.Problem(
                $"No codec-2 client of player {player} is in room '{room}' at this gateway.", statusCode: StatusCodes.Status404NotFound);
        }

        try
        {
            await Task.Delay(TimeSpan.FromMilliseconds((count * 1000.0 / rate) + EndMilliseconds), time, cancellation);
        }
        finally
        {
            loop.TryPost(() => End(rooms, room, id, trace));
        }

        return TypedResults.Ok(await loop.InvokeAsync(() => Answer(rooms, room, id, trace, count)));
    }

    /// <summary>Begins to watch.</summary>
    /// <returns>Tick rate of the room, 0 when there is no such client.</returns>
    private static int Begin(RoomLinks rooms, string room, PlayerId player, DecisionTrace trace)
    {
        if (Find(rooms, room, player) is not { } replicator)
            return 0;
        replicator.Trace = trace;
        return rooms.Find(room)!.TickRate;
    }

    private static void End(RoomLinks rooms, string room, PlayerId player, DecisionTrace trace)
    {
        if (Find(rooms, room, player) is { } replicator && replicator.Trace == trace)
            replicator.Trace = null;
    }

    private static ExplainAnswer Answer(RoomLinks rooms, string room, PlayerId player, DecisionTrace trace, int ticks)
    {
        var replicator = Find(rooms, room, player);
        var channels = rooms.Codec2.Channels.Channels;
        var decisions = trace.ToList().Take(ticks).Select(entry => new ExplainEntry(
            entry.Tick,
            JsonNamingPolicy.CamelCase.ConvertName(entry.Decision.ToString()),
            entry.Cell,
            entry.Decision is Decision.Absent or Decision.OutOfInterest ? null : channels[entry.Channel].Name,
            entry.BaseAge,
            entry.BaseGap,
            entry.Bytes,
            entry.HeldAge,
            entry.Budget));
        return new ExplainAnswer(
            room,
            player.ToString(),
            trace.Entity.Value,
            Codec2Replicator.StalenessTicks,
            replicator?.BytesPerSecond ?? 0,
            replicator?.RoundTripTicks ?? 0,
            [.. decisions]);
    }

    private static Codec2Replicator? Find(RoomLinks rooms, string room, PlayerId player)
    {
        var members = rooms.Find(room)?.Members;
        for (var i = 0; i < members?.Count; i++)
        {
            if (members[i] is ConnectionStateMachine { Replicator2: { } replicator } connection && connection.Player == player)
                return replicator;
        }

        return null;
    }
}
