// `aetheris bots`: many real clients in one process, and figures about what they saw.
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text;
using System.Text.Json;
using Aetheris.Client.Matching;
using Aetheris.Client.Transport;
using Aetheris.Protocol.Identity;

namespace Aetheris.Cli.Bots;

/// <summary>The <c>bots</c> command (DESIGN §4). Exit code 0 only if every client got in and the room's state could be compared; 2 for wrong options; 130 when interrupted, with the figures until then.</summary>
public static class BotsCommand
{
    private static readonly Option<string> Http = new("--http") { Description = "Base URL of a gateway.", Required = true };
    private static readonly Option<int> Clients = new("--clients") { Description = "Clients, 1 … 10000.", DefaultValueFactory = _ => 10 };
    private static readonly Option<double> Seconds = new("--seconds") { Description = "Seconds to measure, 1 … 86400.", DefaultValueFactory = _ => 10 };
    private static readonly Option<double> Warmup = new("--warmup") { Description = "Seconds before measuring, 0 … 3600.", DefaultValueFactory = _ => 1 };
    private static readonly Option<double> Settle = new("--settle") { Description = "Seconds without inputs before the views are compared with the room, 0.5 … 60.", DefaultValueFactory = _ => 2 };
    private static readonly Option<string?> Room = new("--room") { Description = "Room to join; without it a room of its own per run." };
    private static readonly Option<int?> Rooms = new("--rooms") { Description = "Spread over rooms bots-0 … bots-(N-1), N 1 … 10000." };
    private static readonly Option<int> InputHz = new("--input-hz") { Description = "Inputs per second and client, 1 … 1000.", DefaultValueFactory = _ => 60 };
    private static readonly Option<double> Moving = new("--moving") { Description = "Share of clients that steer, 0 … 1.", DefaultValueFactory = _ => 1 };
    private static readonly Option<int> Codec = new("--codec") { Description = "State codec, 1 or 2.", DefaultValueFactory = _ => 2 };
    private static readonly Option<string> Transport = new("--transport") { Description = "udp or ws.", DefaultValueFactory = _ => "udp" };
    private static readonly Option<double> Loss = new("--loss") { Description = "Probability that a datagram is lost, per direction, 0 … <1 (not with ws)." };
    private static readonly Option<double> LatencyMs = new("--latency-ms") { Description = "One-way delay, 0 … 5000." };
    private static readonly Option<double> JitterMs = new("--jitter-ms") { Description = "Deviation of the delay, ±, 0 … 5000." };
    private static readonly Option<double> Churn = new("--churn") { Description = "Reconnects per second over all clients, 0 … 1000." };
    private static readonly Option<bool> Spectate = new("--spectate") { Description = "Watch without ships." };
    private static readonly Option<int?> Decode = new("--decode") { Description = "Clients that decode all state; the others acknowledge it after its heads, for loads that would starve a server on the same machine (codec 2). Without it all of them." };
    private static readonly Option<ulong> Seed = new("--seed") { Description = "Seed of impairment and steering.", DefaultValueFactory = _ => 1 };
    private static readonly Option<bool> Json = new("--json") { Description = "One JSON object on standard output." };
    private static readonly Option<ulong?> Explain = new("--explain") { Description = "Print for two seconds why this entity was or was not sent to the first client, tick by tick, on standard error (codec 2)." };
    private static readonly Option<bool> RunSelfTest = new("--self-test") { Description = "Plant faults and see whether each is reported." };

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var command = new Command("bots", "Fly many clients and measure what they see.")
        {
            Http, Clients, Seconds, Warmup, Settle, Room, Rooms, InputHz, Moving, Codec, Transport, Loss, LatencyMs, JitterMs, Churn, Spectate, Decode, Seed, Json, RunSelfTest, Explain,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var output = parsed.InvocationConfiguration.Output;
        var error = parsed.InvocationConfiguration.Error;
        if (Refuse(parsed) is { } refusal)
        {
            await error.WriteLineAsync("bots: " + refusal);
            return 2;
        }

        // LiteNetLib writes about malformed packets to standard output, which belongs to the report.
        LiteNetLib.NetDebug.Logger ??= new SilentNetLog();
        try
        {
            var options = Read(parsed);
            if (parsed.GetValue(RunSelfTest))
            {
                var (report, results, passed) = await SelfTest.RunAsync(options, error, cancellation);
                await PrintAsync(report, results, parsed.GetValue(Json), output);
                return passed && Verdict(report, error) == 0 ? 0 : 1;
            }

            using var run = new BotsRun(options, error, faults: null);
            var figures = await run.RunAsync(cancellation);
            await PrintAsync(figures, null, parsed.GetValue(Json), output);
            if (!figures.IsInterrupted)
                return Verdict(figures, error);
            await error.WriteLineAsync("bots: stopped");
            return 130;
        }
        catch (OperationCanceledException)
        {
            await error.WriteLineAsync("bots: stopped");
            return 130;
        }
        catch (Exception e) when (e is MatchException or InvalidOperationException or TimeoutException)
        {
            await error.WriteLineAsync("bots: " + e.Message);
            return 1;
        }
    }

    private static string? Refuse(ParseResult parsed)
    {
        if (parsed.GetValue(Codec) is not (1 or 2))
            return "--codec must be 1 or 2";
        if (parsed.GetValue(Explain) is not null && parsed.GetValue(Codec) != 2)
            return "--explain needs --codec 2";
        if (!Uri.TryCreate(parsed.GetValue(Http), UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            return "--http must be a URL such as http://localhost:8080";
        if (parsed.GetValue(Transport) is not ("udp" or "ws"))
            return "--transport must be udp or ws";
        if (parsed.GetValue(Transport) == "ws" && parsed.GetValue(Loss) > 0)
            return "--loss does nothing on --transport ws: TCP sends again what is lost; use --latency-ms and --jitter-ms";
        if (parsed.GetValue(Room) is not null && parsed.GetValue(Rooms) is not null)
            return "give --room or --rooms, not both";
        if (parsed.GetValue(Room) is { } room && !RoomName.IsValid(room))
            return "--room must be 1 to 64 characters of a-z 0-9 . _ -";
        if (parsed.GetValue(RunSelfTest) && parsed.GetValue(Spectate))
            return "--self-test needs inputs; leave out --spectate";
        if (parsed.GetValue(RunSelfTest) && parsed.GetValue(Decode) is not null)
            return "--self-test needs every client to decode; leave out --decode";
        if (parsed.GetValue(Decode) is not null && parsed.GetValue(Codec) != 2)
            return "--decode needs --codec 2";
        if (parsed.GetValue(RunSelfTest) && parsed.GetValue(Seconds) < 3)
            return "--self-test needs --seconds 3 or more";
        return RefuseNumber(parsed);
    }

    private static string? RefuseNumber(ParseResult parsed)
    {
        if (parsed.GetValue(Clients) is < 1 or > 10_000)
            return "--clients must be 1 to 10000";
        if (parsed.GetValue(Rooms) is < 1 or > 10_000)
            return "--rooms must be 1 to 10000";
        if (parsed.GetValue(InputHz) is < 1 or > 1000)
            return "--input-hz must be 1 to 1000";
        if (!(parsed.GetValue(Seconds) is >= 1 and <= 86_400))
            return "--seconds must be 1 to 86400";
        if (!(parsed.GetValue(Warmup) is >= 0 and <= 3600))
            return "--warmup must be 0 to 3600";
        if (!(parsed.GetValue(Settle) is >= 0.5 and <= 60))
            return "--settle must be 0.5 to 60";
        if (!(parsed.GetValue(Moving) is >= 0 and <= 1))
            return "--moving must be 0 to 1";
        if (!(parsed.GetValue(Loss) is >= 0 and < 1))
            return "--loss must be 0 or more and below 1";
        if (!(parsed.GetValue(LatencyMs) is >= 0 and <= 5000) || !(parsed.GetValue(JitterMs) is >= 0 and <= 5000))
            return "--latency-ms and --jitter-ms must be 0 to 5000";
        if (parsed.GetValue(Decode) is { } decode && (decode < 1 || decode > parsed.GetValue(Clients)))
            return "--decode must be 1 to the number of clients";
        return parsed.GetValue(Churn) is >= 0 and <= 1000 ? null : "--churn must be 0 to 1000";
    }

    private static BotsOptions Read(ParseResult parsed)
    {
        IReadOnlyList<string> rooms = parsed.GetValue(Rooms) is { } count
            ? [.. Enumerable.Range(0, count).Select(i => FormattableString.Invariant($"bots-{i}"))]
            : [parsed.GetValue(Room) ?? "bots-" + Guid.NewGuid().ToString("n")[..8]];
        return new BotsOptions
        {
            Http = parsed.GetRequiredValue(Http),
            Clients = parsed.GetValue(Clients),
            Seconds = parsed.GetValue(Seconds),
            Warmup = parsed.GetValue(Warmup),
            Settle = parsed.GetValue(Settle),
            Rooms = rooms,
            Explain = parsed.GetValue(Explain),
            Codec = (byte)parsed.GetValue(Codec),
            InputHz = parsed.GetValue(InputHz),
            Moving = parsed.GetValue(Moving),
            Transport = parsed.GetValue(Transport) == "ws" ? TransportKind.WebSocket : TransportKind.Udp,
            Loss = parsed.GetValue(Loss),
            LatencyMs = parsed.GetValue(LatencyMs),
            JitterMs = parsed.GetValue(JitterMs),
            Churn = parsed.GetValue(Churn),
            Spectate = parsed.GetValue(Spectate),
            Decode = parsed.GetValue(Decode),
            Seed = parsed.GetValue(Seed),
        };
    }

    private static async Task PrintAsync(BotsReport report, IReadOnlyList<(string Fault, bool Found)>? selfTest, bool asJson, TextWriter output)
    {
        if (!asJson)
        {
            report.WriteText(output);
            return;
        }

        using var buffer = new MemoryStream();
        await using (var json = new Utf8JsonWriter(buffer))
            report.WriteJson(json, selfTest);
        await output.WriteLineAsync(Encoding.UTF8.GetString(buffer.ToArray()));
    }

    private static int Verdict(BotsReport report, TextWriter error)
    {
        foreach (var text in report.Errors.Distinct().Take(5))
            error.WriteLine("bots: " + text);
        if (report.Failed > 0)
            error.WriteLine(FormattableString.Invariant($"bots: {report.Failed} of {report.Options.Clients} clients did not get in"));
        if (report.Desync is null)
            error.WriteLine("bots: the room's state could not be compared");
        return report.Failed > 0 || report.Desync is null ? 1 : 0;
    }
}
