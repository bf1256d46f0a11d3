// One client that sends far more than it may, while others fly.
using System.Diagnostics;
using System.Globalization;
using Aetheris.Client.Matching;
using Aetheris.Client.Time;
using Aetheris.Client.Transport;
using Aetheris.Protocol;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Link;

namespace Aetheris.Cluster.Tests;

public sealed class AbuseTests(ITestOutputHelper output)
{
    private const int Bots = 20;
    private const int Seconds = 15;

    // A budget is 120 messages per second.
    private const int MessagesPerSecond = 50 * 120;

    [Fact, Trait("Category", "Long")]
    public async Task Who_sends_fifty_times_its_budget_is_dropped_with_a_reason_and_the_others_do_not_notice()
    {
        await using var workplace = new Workplace();
        var (_, gateway) = await workplace.StartPairAsync();
        await workplace.StartBots(gateway.Http, Bots, 5).FinishAsync();
        var quiet = await workplace.StartBots(gateway.Http, Bots, Seconds, "--room", "abused").FinishAsync();

        var bots = workplace.StartBots(gateway.Http, Bots, Seconds, "--room", "abused");
        await Task.Delay(TimeSpan.FromSeconds(2));
        var ends = new List<CloseReason>();
        var sent = 0;
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(Seconds - 3))
        {
            var (reason, messages) = await AbuseAsync(gateway.Http);
            ends.Add(reason);
            sent += messages;
        }

        var abused = await bots.FinishAsync();
        using var http = new HttpClient();
        var drops = (await http.GetStringAsync(gateway.Http + "/metrics")).Split('\n').Where(line => line.StartsWith("aetheris_edge_drops_total", StringComparison.Ordinal));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{ends.Count} abusers, {sent} messages; echo p99 {quiet.EchoMs("p99")} -> {abused.EchoMs("p99")} ms, p50 {quiet.EchoMs("p50")} -> {abused.EchoMs("p50")} ms"));
        output.WriteLine(string.Join('\n', drops));
        Assert.All(ends, reason => Assert.Equal(CloseReason.Violation, reason));
        abused.AssertUndisturbed(Bots);
        Assert.True(abused.EchoMs("p99") < (quiet.EchoMs("p99") * 1.5) + 3, $"echo p99 went from {quiet.EchoMs("p99")} to {abused.EchoMs("p99")} ms");
    }

    /// <summary>Connects, floods with pings of the link until it is closed, and says why it was.</summary>
    private static async Task<(CloseReason Reason, int Sent)> AbuseAsync(string http)
    {
        using var client = new HttpClient();
        var match = await new MatchClient(client, http, "abuser").MatchAsync(0, "abused", template: null, spectate: true, CancellationToken.None);
        var request = new ByteWriter();
        new ConnectRequest(ProtocolVersions.Link, 2, Spectate: true, match.ConnectToken).Write(request);
        using var transport = new UdpTransport(StopwatchClock.Instance, impairment: null);
        var sink = new Sink();
        transport.Connect(match.Gateways[0], request.Written);
        var ping = new ByteWriter();
        new ControlMessage { Kind = ControlKind.Ping, Stamp = 1 }.Write(ping);
        var started = Stopwatch.GetTimestamp();
        var entered = 0L;
        var sent = 0;
        while (!sink.IsOver && Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(10))
        {
            transport.Poll(sink);
            if (sink.IsAccepted && entered == 0)
                entered = Stopwatch.GetTimestamp();
            while (entered != 0 && sent < Stopwatch.GetElapsedTime(entered).TotalSeconds * MessagesPerSecond)
            {
                transport.Send(ping.Written, reliable: false);
                sent++;
            }

            await Task.Delay(1);
        }

        return (sink.Reason, sent);
    }

    private sealed class Sink : ITransportSink
    {
        public bool IsAccepted { get; private set; }

        public bool IsOver { get; private set; }

        public CloseReason Reason { get; private set; }

        public void OnConnected()
        {
        }

        public void OnMessage(ReadOnlySpan<byte> message, bool reliable) => Read(message);

        public void OnClosed(string reason, ReadOnlySpan<byte> data)
        {
            Read(data);
            IsOver = true;
        }

        private void Read(ReadOnlySpan<byte> message)
        {
            if (!ControlMessage.TryRead(message, out var control))
                return;
            IsAccepted |= control.Kind == ControlKind.Accept;
            if (control.Kind is ControlKind.Close or ControlKind.Reject)
                Reason = control.Code;
        }
    }
}
