// A list of an operators' route, once or again and again.
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;

namespace Aetheris.Cli.Operators;

/// <summary>
/// <c>--json</c> prints the answer, <c>--watch [SECONDS]</c> repeats it: on a terminal the table stays in its place, elsewhere and with
/// <c>--json</c> one answer follows another (JSON: one line each), so that a script can read along.
/// </summary>
internal static class WatchedList
{
    private const string ClearScreen = "\u001b[H\u001b[J";
    private const double DefaultSeconds = 2;
    private const nint StandardOutput = 1;

    /// <summary>A command that lists an array of objects.</summary>
    /// <param name="name">Name.</param>
    /// <param name="description">Help.</param>
    /// <param name="path">Route that answers with the array.</param>
    /// <param name="columns">Properties to show.</param>
    public static Command Create(string name, string description, string path, params string[] columns)
    {
        var http = new Option<string>("--http") { Description = "Base URL of a gateway.", DefaultValueFactory = _ => "http://localhost:8080" };
        var json = new Option<bool>("--json") { Description = "The answer as JSON on standard output." };
        var watch = new Option<double?>("--watch")
        {
            Description = $"Again every so many seconds (default {DefaultSeconds}) until interrupted.",
            Arity = ArgumentArity.ZeroOrOne,
            CustomParser = parsed => parsed.Tokens.Count == 0
                ? DefaultSeconds
                : double.TryParse(parsed.Tokens[0].Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 0.1 and <= 3600
                    ? seconds
                    : Refuse(parsed),
        };
        var command = new Command(name, description) { http, json, watch };
        Replay.ReplayCommand.SetAction(command, async (parsed, cancellation) =>
        {
            using var api = OperatorApi.Open(parsed.GetValue(http)!);
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetResult(watch) is null)
            {
                await output.WriteLineAsync(Text(await api.GetAsync(path, cancellation), parsed.GetValue(json), columns));
                return 0;
            }

            if (Console.IsOutputRedirected && ReferenceEquals(output, Console.Out))
                output = OpenPipe();
            await WatchAsync(api, path, TimeSpan.FromSeconds(parsed.GetValue(watch) ?? DefaultSeconds), parsed.GetValue(json), columns, output, cancellation);
            return 0;
        });
        return command;
    }

    private static async Task WatchAsync(
        OperatorApi api, string path, TimeSpan period, bool json, string[] columns, TextWriter output, CancellationToken cancellation)
    {
        var inPlace = !json && !Console.IsOutputRedirected;
        try
        {
            while (!cancellation.IsCancellationRequested)
            {
                var text = await AskAsync(api, path, json, columns, cancellation);
                await output.WriteLineAsync(inPlace ? ClearScreen + text : text);
                await output.FlushAsync(cancellation);
                await Task.Delay(period, cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Interrupted: that is how a watch ends.
        }
        catch (IOException)
        {
            // Whoever read along has gone.
        }
    }

    // Console.Out goes on writing into a pipe that nobody reads from any more.
    private static StreamWriter OpenPipe() =>
        new(new FileStream(new SafeFileHandle(StandardOutput, ownsHandle: false), FileAccess.Write, bufferSize: 1)) { AutoFlush = true };

    // A gateway that is away for a moment does not end the watch; without --json its absence takes the table's place.
    private static async Task<string> AskAsync(OperatorApi api, string path, bool json, string[] columns, CancellationToken cancellation)
    {
        try
        {
            return Text(await api.GetAsync(path, cancellation), json, columns);
        }
        catch (OperatorException exception)
        {
            return json ? JsonSerializer.Serialize(new { error = exception.Message }) : "error: " + exception.Message;
        }
    }

    private static string Text(JsonElement answer, bool json, string[] columns) => (json ? answer.GetRawText() : Table.Format(answer, columns)).TrimEnd();

    private static double? Refuse(System.CommandLine.Parsing.ArgumentResult parsed)
    {
        parsed.AddError("--watch takes seconds from 0.1 to 3600");
        return null;
    }
}
