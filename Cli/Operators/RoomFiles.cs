// aetheris rooms export|import: rooms as files.
using System.CommandLine;
using System.Text.Json;
using Aetheris.Cli.Replay;
using Aetheris.Protocol.Binary;
using Aetheris.World.Recording;

namespace Aetheris.Cli.Operators;

/// <summary>A backup is a recording without a log: <c>replay run</c> reads both.</summary>
internal static class RoomFiles
{
    public static Command CreateExport()
    {
        var http = Http();
        var room = new Option<string>("--room") { Description = "Name of the room.", Required = true };
        var output = new Option<string>("--out") { Description = "The file.", Required = true };
        var command = new Command("export", "write a room as it is now into a file") { http, room, output };
        ReplayCommand.SetAction(command, async (parsed, cancellation) =>
        {
            using var api = OperatorApi.Open(parsed.GetValue(http)!);
            var path = $"/api/admin/rooms/{Uri.EscapeDataString(parsed.GetValue(room)!)}/export";
            var file = parsed.GetValue(output)!;
            RecordingFile.Write(file, await api.GetFileAsync(path, TimeSpan.Zero, RoomRecording.MaxBytes, cancellation));
            var recording = RecordingFile.Read(file);
            await parsed.InvocationConfiguration.Output.WriteLineAsync($"room {recording.Room} at tick {recording.Tick}: {recording.World.Length} bytes");
            return 0;
        });
        return command;
    }

    public static Command CreateImport()
    {
        var http = Http();
        var file = new Argument<string>("file") { Description = "a file of rooms export, or a recording: then the state that it begins with" };
        var name = new Option<string?>("--as") { Description = "Name of the new room; without it, the name in the file." };
        var command = new Command("import", "open a room that does not exist with the state of a file") { http, file, name };
        ReplayCommand.SetAction(command, async (parsed, cancellation) =>
        {
            // Read first: a gateway need not be sent what cannot be read here. The log of a recording stays at home.
            var recording = RecordingFile.Read(parsed.GetValue(file)!).With([]);
            var writer = new ByteWriter(recording.World.Length + 256);
            recording.Write(writer);
            using var api = OperatorApi.Open(parsed.GetValue(http)!);
            var room = parsed.GetValue(name) ?? recording.Room;
            JsonElement answer = await api.PostFileAsync($"/api/admin/rooms/{Uri.EscapeDataString(room)}/import", writer.Written.ToArray(), cancellation);
            await parsed.InvocationConfiguration.Output.WriteLineAsync($"room {answer.GetProperty("room")} goes on from tick {answer.GetProperty("tick")}");
            return 0;
        });
        return command;
    }

    private static Option<string> Http() => new("--http") { Description = "Base URL of a gateway.", DefaultValueFactory = _ => "http://localhost:8080" };
}
