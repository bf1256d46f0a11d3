// The JSON of `aetheris bots` (DESIGN §4).
using System.Text.Json;

namespace Aetheris.Cluster.Tests;

internal sealed class BotReport(JsonElement json)
{
    public int this[string key] =>
        json.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.Number
            ? (int)value.GetDouble()
            : throw new InvalidOperationException($"bots reported no number {key}: {json.GetRawText()}");

    public double TickHz => json.GetProperty("tick_hz").GetDouble();

    /// <summary>Time between consecutive server ticks as clients saw them: p50, p99 or max, in milliseconds.</summary>
    public double GapMs(string figure) => json.GetProperty("gap_ms").GetProperty(figure).GetDouble();

    /// <summary>From an input's sending to the first datagram that covers it: p50, p99 or max, in milliseconds.</summary>
    public double EchoMs(string figure) => json.GetProperty("echo_ms").GetProperty(figure).GetDouble();

    /// <summary>Longest time between a connection's last message and the room through the next one, ms.</summary>
    public double AwayMaxMs => json.GetProperty("away_ms").GetProperty("max").GetDouble();

    /// <summary>Ticks after which what moves was renewed.</summary>
    public double Staleness(string share) => json.GetProperty("staleness_ticks").GetProperty(share).GetDouble();

    /// <summary>All connected, nothing lost, nothing wrong.</summary>
    public void AssertUndisturbed(int clients)
    {
        AssertSound(clients);
        Assert.True(this["disconnects"] == 0, $"disconnects: {json.GetRawText()}");
        Assert.True(this["reconnects"] == 0, $"reconnects: {json.GetRawText()}");
    }

    /// <summary>All connected, no input lost, no view out of step; connections may have been made again.</summary>
    public void AssertSound(int clients)
    {
        Assert.True(this["connected"] == clients, $"connected: {json.GetRawText()}");
        Assert.True(this["failed"] == 0, $"failed: {json.GetRawText()}");
        Assert.True(this["inputs_sent"] > 0 && this["inputs_acked"] > 0, $"no inputs: {json.GetRawText()}");
        Assert.True(this["inputs_lost"] == 0, $"inputs_lost: {json.GetRawText()}");
        Assert.True(this["desyncs"] == 0, $"desyncs: {json.GetRawText()}");
    }

    public override string ToString() => json.GetRawText();
}
