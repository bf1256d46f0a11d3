// aetheris replay track: a recording for the page's player.
using System.CommandLine;
using Aetheris.Cli.Operators;

namespace Aetheris.Cli.Replay;

/// <summary><c>aetheris replay track FILE --out track.json</c>.</summary>
internal static class TrackCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "a recording" };
        var output = new Option<string>("--out") { Description = "The track, JSON.", Required = true };
        var every = new Option<int>("--every") { Description = "Ticks from sample to sample.", DefaultValueFactory = _ => 3 };
        var command = new Command("track", "write where everybody was, for the player at /replay/") { file, output, every };
        ReplayCommand.SetAction(command, async (parsed, _) =>
        {
            if (parsed.GetValue(every) is < 1 or > 60)
                throw new OperatorException("--every must be 1 to 60");
            var path = parsed.GetValue(file)!;
            var recording = RecordingFile.Read(path);
            var replay = RecordingFile.Begin(path, recording);
            var json = TrackRecorder.Run(recording, replay, parsed.GetValue(every));
            if (replay.IsBroken)
                throw new OperatorException($"{path}: its log cannot be run at tick {replay.DiffersAt}");
            RecordingFile.Write(parsed.GetValue(output)!, json.Span);
            await parsed.InvocationConfiguration.Output.WriteLineAsync($"{json.Length / 1000} KB: open it at /replay/ of any gateway");
            return 0;
        });
        return command;
    }
}
