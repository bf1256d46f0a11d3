// Flight recorder and backup: rooms as files.
using Aetheris.Gateway.Edge;
using Aetheris.Gateway.Recording;
using Aetheris.Grains.Interfaces.Rooms;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Identity;
using Aetheris.World.Recording;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Aetheris.Gateway.Http;

/// <summary>
/// <c>PUT|DELETE /api/admin/rooms/{room}/recorder</c>, <c>GET …/recording[?seconds=S]</c>, <c>GET /api/admin/recorders</c>,
/// <c>GET …/export</c>, <c>POST …/import</c>. Files hold names and ids of players: role admin only.
/// </summary>
internal static class RecordingRoutes
{
    private const string FileType = "application/octet-stream";

    // After its time a recording goes on to the next tick that the room takes a hash of: a quarter of a second at most.
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);

    public static void Map(RouteGroupBuilder admin)
    {
        admin.MapGet("/recorders", (EdgeLoop loop, Recorders recorders) => loop.InvokeAsync(recorders.List)).WithSummary("Flight recorders of this gateway");
        admin.MapPut("/rooms/{room}/recorder", KeepAsync).WithSummary("Keep the last seconds of a room from now on")
            .ProducesProblem(400).ProducesProblem(404).ProducesProblem(429);
        admin.MapDelete("/rooms/{room}/recorder", ForgetAsync).WithSummary("Let go of what is kept of a room").ProducesProblem(404);
        admin.MapGet("/rooms/{room}/recording", GetRecordingAsync).WithSummary("What is kept of a room, or the next seconds of it, as a file")
            .Produces(200, contentType: FileType).ProducesProblem(400).ProducesProblem(404).ProducesProblem(429).ProducesProblem(503);
        admin.MapGet("/rooms/{room}/export", ExportAsync).WithSummary("A room as a file, to be imported again")
            .Produces(200, contentType: FileType).ProducesProblem(400).ProducesProblem(404);
        admin.MapPost("/rooms/{room}/import", ImportAsync).WithSummary("Open a room that does not exist with the state of a file")
            .Produces<ImportAnswer>().ProducesProblem(400).ProducesProblem(409).ProducesProblem(413).ProducesProblem(422);
    }

    private static async Task<IResult> KeepAsync(
        string room, RecorderWish body, HttpContext context, EdgeLoop loop, Recorders recorders, IGrainFactory grains)
    {
        if (body.Seconds is < 1 or > RoomRecorder.MaxSeconds)
            return Problem(StatusCodes.Status400BadRequest, $"seconds must be 1 to {RoomRecorder.MaxSeconds}.");
        if (await FindProblemAsync(room, grains) is { } problem)
            return problem;
        if (!await loop.InvokeAsync(() => recorders.TryKeep(room, body.Seconds)))
            return TooMany();
        AdminAct.Set(context, "KeepRecording", room);
        return TypedResults.Ok((await loop.InvokeAsync(recorders.List)).Find(status => status.Room == room));
    }

    private static async Task<IResult> ForgetAsync(string room, HttpContext context, EdgeLoop loop, Recorders recorders)
    {
        if (!RoomName.IsValid(room))
            return BadName();
        AdminAct.Set(context, "ForgetRecording", room);
        return await loop.InvokeAsync(() => recorders.Forget(room))
            ? TypedResults.NoContent()
            : Problem(StatusCodes.Status404NotFound, $"Nothing is kept of the room '{room}' at this gateway.");
    }

    private static async Task<IResult> GetRecordingAsync(
        string room, int? seconds, HttpContext context, EdgeLoop loop, Recorders recorders, IGrainFactory grains, TimeProvider time)
    {
        if (seconds is < 1 or > RoomRecorder.MaxSeconds)
            return Problem(StatusCodes.Status400BadRequest, $"seconds must be 1 to {RoomRecorder.MaxSeconds}.");
        if (await FindProblemAsync(room, seconds is null ? null : grains) is { } problem)
            return problem;
        AdminAct.Set(context, "Record", room);
        if (seconds is { } length)
            return await RecordAsync(room, length, loop, recorders, time, context.RequestAborted);
        var bytes = await loop.InvokeAsync(() => recorders.Find(room)?.Write(Now(time)));
        return bytes is null
            ? Problem(StatusCodes.Status404NotFound, $"Nothing is kept of the room '{room}' at this gateway, or it is too new: PUT …/recorder first.")
            : TypedResults.Bytes(bytes, FileType, room + ".aerec");
    }

    private static async Task<IResult> RecordAsync(string room, int seconds, EdgeLoop loop, Recorders recorders, TimeProvider time, CancellationToken aborted)
    {
        // The length that is kept leaves room for the way to the last hash.
        var recorder = await loop.InvokeAsync(() => recorders.BeginSingle(room, RoomRecorder.MaxSeconds));
        if (recorder is null)
            return TooMany();
        try
        {
            await Task.Delay(TimeSpan.FromSeconds(seconds), time, aborted);
            var ended = time.GetTimestamp();
            while (time.GetElapsedTime(ended) < EndPatience)
            {
                var bytes = await loop.InvokeAsync(() => IsLongEnough(recorder, seconds * recorders.TickRateOf(room)) ? recorder.Write(Now(time)) : null);
                if (bytes is not null)
                    return TypedResults.Bytes(bytes, FileType, room + ".aerec");
                await Task.Delay(LookEvery, time, aborted);
            }

            return Problem(StatusCodes.Status503ServiceUnavailable, recorder.Breaks > 0
                ? $"The log of the room '{room}' had a gap, so that nothing could be recorded through it; try again."
                : $"The room '{room}' did not run for {seconds} s; /api/admin/rooms shows what it does.");
        }
        finally
        {
            loop.TryPost(() => recorders.EndSingle(room, recorder));
        }
    }

    private static bool IsLongEnough(RoomRecorder recorder, int ticks) =>
        recorder.ThroughTick != 0 && recorder.ThroughTick >= recorder.FromTick + (ulong)ticks;

    private static async Task<IResult> ExportAsync(string room, HttpContext context, IGrainFactory grains, TimeProvider time)
    {
        if (!RoomName.IsValid(room))
            return BadName();
        if (await grains.GetGrain<IRoomGrain>(room).SaveAsync() is not { } saved)
            return NotOpen(room);
        AdminAct.Set(context, "ExportRoom", room);
        var writer = new ByteWriter(saved.World.Length + 256);
        new RoomRecording
        {
            Room = room,
            Template = saved.Template,
            RecordedAt = Now(time),
            WorldVersion = saved.WorldVersion,
            LayoutVersion = saved.LayoutVersion,
            Epoch = saved.Epoch,
            Tick = saved.Tick,
            World = saved.World,
        }.Write(writer);
        return TypedResults.Bytes(writer.Written.ToArray(), FileType, room + ".aerec");
    }

    private static async Task<IResult> ImportAsync(string room, HttpContext context, IGrainFactory grains)
    {
        if (!RoomName.IsValid(room))
            return BadName();
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = RoomRecording.MaxBytes;
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        if (!RoomRecording.TryRead(body.ToArray(), out var recording, out var reason))
            return Problem(StatusCodes.Status400BadRequest, $"The file cannot be read: {reason}.");
        var saved = new SavedRoom(
            recording.Epoch, recording.Tick, recording.Template, recording.WorldVersion, recording.LayoutVersion, recording.World.ToArray());
        var outcome = await grains.GetGrain<IRoomGrain>(room).ImportAsync(saved);
        AdminAct.Set(context, "ImportRoom", room);
        return outcome switch
        {
            ImportOutcome.Opened => TypedResults.Ok(new ImportAnswer(room, saved.Tick)),
            ImportOutcome.Exists => Problem(StatusCodes.Status409Conflict, $"A room '{room}' exists already; import it under another name."),
            ImportOutcome.NoSuchTemplate => Problem(StatusCodes.Status422UnprocessableEntity, $"There is no template '{saved.Template}' here."),
            _ => Problem(StatusCodes.Status422UnprocessableEntity, "The rules of this cluster cannot read the room in the file."),
        };
    }

    private static async Task<ProblemHttpResult?> FindProblemAsync(string room, IGrainFactory? grains)
    {
        if (!RoomName.IsValid(room))
            return BadName();
        if (grains is null)
            return null;
        var listing = await grains.GetGrain<IRoomGrain>(room).GetListingAsync();
        return listing.Status is RoomStatus.Active or RoomStatus.Draining ? null : NotOpen(room);
    }

    private static ulong Now(TimeProvider time) => (ulong)time.GetUtcNow().ToUnixTimeMilliseconds();

    private static ProblemHttpResult BadName() => Problem(StatusCodes.Status400BadRequest, "Names of rooms have 1 to 64 characters of a-z 0-9 . _ -");

    private static ProblemHttpResult NotOpen(string room) => Problem(StatusCodes.Status404NotFound, $"There is no open room '{room}'.");

    private static ProblemHttpResult TooMany() =>
        Problem(StatusCodes.Status429TooManyRequests, $"This gateway has {Recorders.MaxRecorders} recorders already; end one first.");

    private static ProblemHttpResult Problem(int status, string detail) => TypedResults.Problem(detail, statusCode: status);
}
