// Every metric of the specification on a live server.
using System.Text.RegularExpressions;
using Aetheris.Protocol.Codec1.Events;

namespace Aetheris.Cluster.Tests;

public sealed class MetricsTests
{
    /// <summary>TICK_PIPELINE §4 and the counters that its corrections name, in base units; the original's telemetry (aetheris_wasm_*) is not a server's.</summary>
    public static TheoryData<string> Names =>
    [
        "aetheris_actual_tick_rate_hz",
        "aetheris_tick_duration_seconds",
        "aetheris_stage_duration_seconds",
        "aetheris_tick_overruns_total",
        "aetheris_packets_inbound_total",
        "aetheris_packets_outbound_total",
        "aetheris_packets_broadcast_total",
        "aetheris_outbound_errors_total",
        "aetheris_connected_clients",
        "aetheris_unprivileged_packets_total",
        "aetheris_sessions_revoked_total",
        "aetheris_auth_failures_total",
        "aetheris_forbidden_component_updates_total",
        "aetheris_transport_events_total",
        "aetheris_protocol_pings_received_total",
        "aetheris_session_start_latency_seconds",
        "aetheris_decode_errors_total",
        "aetheris_server_pong_dispatch_seconds",
        "aetheris_server_ping_hold_seconds",
        "aetheris_ecs_extraction_count",
        "aetheris_ecs_entities_networked",
        "aetheris_ecs_updates_applied_total",
        "aetheris_ecs_unauthorized_updates_total",
        "aetheris_mining_ore_transferred_total",
        "aetheris_asteroid_depletions_total",
        "aetheris_encoder_errors_total",
        "aetheris_encoder_payload_size_bytes",
        "aetheris_encoder_encode_duration_seconds",
        "aetheris_encoder_decode_duration_seconds",
        "aetheris_memory_allocated_bytes",
        "aetheris_memory_resident_bytes",
    ];

    [Fact]
    public async Task A_short_flight_shows_every_metric_of_the_specification_once_and_in_base_units()
    {
        await using var workplace = new Workplace();
        var server = await workplace.StartStandaloneAsync();
        using var flyer = new PlayerClient(server.Http, "metrics");
        await flyer.WaitUntilInRoomAsync();
        using (var byHand = new WebSocketPlayer())
        {
            await byHand.EnterAsync(server.Http, "metrics");
            await byHand.SendAsync(WireEventKind.Ping);
            await byHand.WaitForAsync(WireEventKind.Pong);
        }

        await flyer.PollForAsync(TimeSpan.FromSeconds(2));
        using var http = new HttpClient();
        var text = await http.GetStringAsync(new Uri(server.Http + "/metrics"));

        var missing = Names.Select(row => row.Data).Where(name => !Regex.IsMatch(text, $"^{name}(?:_bucket|_count)?[{{ ]", RegexOptions.Multiline, TimeSpan.FromSeconds(1)));
        Assert.Empty(missing);
        Assert.DoesNotMatch(new Regex("^aetheris_[a-z_]*_ms[{ _]", RegexOptions.Multiline, TimeSpan.FromSeconds(1)), text);
        Assert.Contains("2.5E-05", BucketsOf("aetheris_stage_duration_seconds"));
        Assert.Contains("4096", BucketsOf("aetheris_encoder_payload_size_bytes"));
        Assert.DoesNotContain("0.001", BucketsOf("aetheris_encoder_payload_size_bytes"));
        Assert.Contains("10", BucketsOf("aetheris_session_start_latency_seconds"));
        var types = Regex.Matches(text, "^# TYPE (?<name>\\S+) ", RegexOptions.Multiline, TimeSpan.FromSeconds(1)).Select(match => match.Groups["name"].Value).ToList();
        Assert.Equal(types.Distinct(StringComparer.Ordinal), types);

        List<string> BucketsOf(string name) => Regex.Matches(text, $"^{name}_bucket.*le=\"(?<le>[^\"]*)\"", RegexOptions.Multiline, TimeSpan.FromSeconds(1))
            .Select(match => match.Groups["le"].Value).Distinct(StringComparer.Ordinal).ToList();
    }
}
