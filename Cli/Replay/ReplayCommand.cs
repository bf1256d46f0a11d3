// aetheris replay: record a room, play the record again, compare two records.
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Aetheris.Cli.Operators;
using Aetheris.World.Recording;

namespace Aetheris.Cli.Replay;

/// <summary><c>aetheris replay record|run|diff|flip|track</c>.</summary>
public static class ReplayCommand
{
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(10);

    /// <summary>The command and its subcommands.</summary>
    public static Command Create() => new("replay", "record a room, run the record again bit by bit, and find where two records part ways")
    {
        CreateRecord(), CreateRun(), CreateDiff(), CreateFlip(), TrackCommand.Create(),
    };

    /// <summary>An action whose failures are one line on stderr and exit code 1.</summary>
    internal static void SetAction(Command command, Func<ParseResult, CancellationToken, Task<int>> action) => command.SetAction(async (parsed, cancellation) =>
    {
        try
        {
            return await action(parsed, cancellation);
        }
        catch (OperatorException exception)
        {
            await parsed.InvocationConfiguration.Error.WriteLineAsync("error: " + exception.Message);
            return 1;
        }
    });

    private static Command CreateRecord()
    {
        var http = new Option<string>("--http") { Description = "Base URL of a gateway.", DefaultValueFactory = _ => "http://localhost:8080" };
        var room = new Option<string>("--room") { Description = "Name of the room.", Required = true };
        var seconds = new Option<int?>("--seconds") { Description = "How long; without it, what the gateway has kept (--keep)." };
        var keep = new Option<int?>("--keep") { Description = "Keep this many seconds of the room from now on, instead of recording; 0 ends it." };
        var output = new Option<string?>("--out") { Description = "The file." };
        var command = new Command("record", "write a room and its log of the next seconds, or of the last ones, into a file") { http, room, seconds, keep, output };
        SetAction(command, async (parsed, cancellation) =>
        {
            using var api = OperatorApi.Open(parsed.GetValue(http)!);
            var path = $"/api/admin/rooms/{Uri.EscapeDataString(parsed.GetValue(room)!)}";
            if (parsed.GetValue(keep) is { } kept)
                return await KeepAsync(api, path, kept, parsed, cancellation);
            var file = parsed.GetValue(output) ?? throw new OperatorException("--out names the file");
            var length = parsed.GetValue(seconds);
            var query = length is null ? string.Empty : string.Create(CultureInfo.InvariantCulture, $"?seconds={length}");
            await parsed.InvocationConfiguration.Error.WriteLineAsync(length is null ? "fetching what is kept" : $"recording {length} s");
            var wait = TimeSpan.FromSeconds(Math.Clamp(length ?? 0, 0, 3600)) + EndPatience;
            var bytes = await api.GetFileAsync(path + "/recording" + query, wait, RoomRecording.MaxBytes, cancellation);
            RecordingFile.Write(file, bytes);
            var recording = RecordingFile.Read(file);
            await parsed.InvocationConfiguration.Output.WriteLineAsync(Head(recording, bytes.Length));
            return 0;
        });
        return command;
    }

    private static async Task<int> KeepAsync(OperatorApi api, string path, int seconds, ParseResult parsed, CancellationToken cancellation)
    {
        if (seconds == 0)
            await api.DeleteAsync(path + "/recorder", cancellation);
        else
            await api.PutAsync(path + "/recorder", string.Create(CultureInfo.InvariantCulture, $"{{\"seconds\":{seconds}}}"), cancellation);
        await parsed.InvocationConfiguration.Output.WriteLineAsync(seconds == 0 ? "nothing is kept any more" : $"this gateway keeps the last {seconds} s from now on");
        return 0;
    }

    private static Command CreateRun()
    {
        var file = new Argument<string>("file") { Description = "a recording" };
        var json = new Option<bool>("--json") { Description = "The result as JSON on standard output." };
        var command = new Command("run", "run a recording again: the final state hash, and the first tick that differs; exit code 0 only if none does") { file, json };
        SetAction(command, async (parsed, _) =>
        {
            var path = parsed.GetValue(file)!;
            var recording = RecordingFile.Read(path);
            var replay = RecordingFile.Begin(path, recording);
            while (replay.TryStep())
            {
                // To the end, also after a difference: the final hash says what this log leads to.
            }

            var hash = Hex(replay.World.StateHash());
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(json))
            {
                await output.WriteLineAsync(JsonSerializer.Serialize(new
                {
                    room = recording.Room,
                    fromTick = recording.Tick,
                    tick = replay.World.Tick,
                    ticks = replay.World.Tick - recording.Tick,
                    stateHash = hash,
                    hashesEqual = replay.HashesEqual,
                    differsAt = replay.DiffersAt,
                    broken = replay.IsBroken,
                }));
            }
            else
            {
                await output.WriteLineAsync(Head(recording, null));
                await output.WriteLineAsync($"{replay.HashesEqual} hashes of the room came out again");
                await output.WriteLineAsync(replay.IsBroken ? "the log cannot be run from that tick on" : $"state hash after tick {replay.World.Tick}: {hash}");
                await output.WriteLineAsync(replay.DiffersAt is { } tick ? $"first tick that differs: {tick}" : "first tick that differs: none");
            }

            return replay.DiffersAt is null ? 0 : 1;
        });
        return command;
    }

    private static Command CreateDiff()
    {
        var left = new Argument<string>("a") { Description = "a recording" };
        var right = new Argument<string>("b") { Description = "another one of the same room" };
        var json = new Option<bool>("--json") { Description = "The result as JSON on standard output." };
        var command = new Command("diff", "find the first tick at which two recordings differ; exit code 0 only if none does") { left, right, json };
        SetAction(command, async (parsed, _) =>
        {
            var diff = RecordingDiff.Run(parsed.GetValue(left)!, parsed.GetValue(right)!);
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(json))
            {
                await output.WriteLineAsync(JsonSerializer.Serialize(new
                {
                    fromTick = diff.FromTick,
                    throughTick = diff.ThroughTick,
                    logDiffersAt = diff.LogDiffersAt,
                    logDifference = diff.LogDifference,
                    stateDiffersAt = diff.StateDiffersAt,
                }));
            }
            else
            {
                await output.WriteLineAsync(diff.LogDiffersAt is { } tick ? $"the logs differ at tick {tick}: {diff.LogDifference}" : "the logs are the same");
                await output.WriteLineAsync(diff.StateDiffersAt is { } at ? $"the states differ from tick {at} on" : "the states are the same");
                await output.WriteLineAsync($"ticks {diff.FromTick} to {diff.ThroughTick} were compared");
            }

            return diff.IsSame ? 0 : 1;
        });
        return command;
    }

    private static Command CreateFlip()
    {
        var file = new Argument<string>("file") { Description = "a recording" };
        var tick = new Option<ulong>("--tick") { Description = "Tick from which on the first input is changed." };
        var output = new Option<string>("--out") { Description = "The changed copy.", Required = true };
        var command = new Command("flip", "copy a recording with one input steered the other way, to see what comes of it and that diff finds it") { file, tick, output };
        SetAction(command, async (parsed, _) =>
        {
            var flipped = InputFlip.Apply(RecordingFile.Read(parsed.GetValue(file)!), parsed.GetValue(tick), out var at);
            RecordingFile.Write(parsed.GetValue(output)!, flipped);
            await parsed.InvocationConfiguration.Output.WriteLineAsync($"an input of tick {at} steers the other way");
            return 0;
        });
        return command;
    }

    private static string Head(RoomRecording recording, int? bytes) => string.Create(
        CultureInfo.InvariantCulture,
        $"room {recording.Room}: {recording.Entries.Count} ticks, {recording.Tick} to {recording.LastTick}{(bytes is { } size ? $", {size / 1000.0:0.0} KB" : string.Empty)}");

    private static string Hex(ulong hash) => hash.ToString("x16", CultureInfo.InvariantCulture);
}
