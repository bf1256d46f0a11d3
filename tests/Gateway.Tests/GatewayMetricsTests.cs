// What the gateway counts, and where each count moves.
using System.Diagnostics.Metrics;
using Aetheris.Gateway.Connections;
using Aetheris.Gateway.Tests.Fakes;
using Aetheris.Protocol.Codec1.Events;
using Aetheris.Protocol.Components;
using Aetheris.Protocol.Identity;
using Aetheris.Protocol.Link;

namespace Aetheris.Gateway.Tests;

public sealed class GatewayMetricsTests : IDisposable
{
    private readonly TestGateway _gateway = new();
    private readonly FakeTransport _transport = new() { SilentMilliseconds = 0 };
    private readonly MeterListener _listener = new();
    private readonly Dictionary<string, double> _totals = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _records = new(StringComparer.Ordinal);

    public GatewayMetricsTests()
    {
        _listener.InstrumentPublished = (instrument, enabler) =>
        {
            if (ReferenceEquals(instrument.Meter, _gateway.Metrics.SessionStart.Meter))
                enabler.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.Start();
    }

    public void Dispose() => _listener.Dispose();

    [Fact]
    public void Every_message_of_a_client_is_counted_and_decoded_once()
    {
        var machine = _gateway.Join(_transport);
        var before = Total("aetheris_packets_inbound_total");
        machine.Receive(Messages.Codec1(WireEventKind.Ping), reliable: false);
        machine.Receive(Messages.Update(new NetworkId(1), ComponentKinds.InputCommand, Messages.MoveInput(3)), reliable: false);
        machine.Receive(Messages.Fragment(1, 0, 2, [1, 2]), reliable: false);
        Assert.Equal(before + 3, Total("aetheris_packets_inbound_total"));
        Assert.Equal(3, _records["aetheris_encoder_payload_size_bytes/decode"]);
        Assert.Equal(2, _records["aetheris_encoder_decode_duration_seconds/event"]);
        Assert.Equal(1, _records["aetheris_encoder_decode_duration_seconds/128"]);
    }

    [Fact]
    public void Garbage_is_counted_as_that_and_a_made_up_kind_has_no_label_of_its_own()
    {
        var machine = _gateway.Join(_transport);
        machine.Receive([(byte)LinkKind.Codec1, 0xC1], reliable: false);
        Assert.Equal(1, Total("aetheris_decode_errors_total"));
        Assert.Equal(1, Total("aetheris_encoder_errors_total/malformed_payload"));
        machine.Receive(Messages.Update(new NetworkId(1), 31_000, [1]), reliable: false);
        Assert.Equal(1, _records["aetheris_encoder_decode_duration_seconds/other"]);
    }

    [Fact]
    public void What_a_client_sends_that_no_client_sends_is_counted()
    {
        var machine = _gateway.Join(_transport);
        machine.Receive(Messages.Codec1(WireEventKind.Pong), reliable: true);
        machine.Receive(Messages.Codec1(WireEventKind.GameEvent), reliable: true);
        machine.Receive(Messages.Fragment(1, 0, 1, Messages.Fragment(2, 0, 1, [1]).AsSpan(1)), reliable: true);
        Assert.Equal(3, Total("aetheris_edge_drops_total/codec1_ignored"));
        machine.Receive(Messages.Fragment(3, 5, 2, [1]), reliable: true);
        Assert.Equal(1, Total("aetheris_edge_drops_total/codec1_fragment"));
    }

    [Fact]
    public void Whatever_comes_before_the_room_is_counted_as_unprivileged_and_not_logged()
    {
        _gateway.VerifyHangs = true;
        var machine = _gateway.Connect(_transport, _gateway.Token());
        machine.Receive(Messages.Codec1(WireEventKind.StartSession), reliable: true);
        machine.Receive(Messages.Ping(), reliable: false);
        machine.Receive([(byte)LinkKind.Codec1, 0xC1], reliable: false);
        Assert.Equal(3, Total("aetheris_unprivileged_packets_total"));
        Assert.Equal(0, Total("aetheris_decode_errors_total"));
        Assert.Empty(_gateway.Log.Lines);
    }

    [Fact]
    public void The_number_of_connected_clients_is_that_of_the_connections_however_they_end()
    {
        var first = _gateway.Join(_transport);
        _gateway.NextConnection = 4;
        var second = _gateway.Join(new FakeTransport());
        Assert.Equal(2, Total("aetheris_connected_clients"));
        first.Lost();
        first.Lost();
        first.Close(CloseReason.Timeout);
        _gateway.Rounds(3);
        Assert.Equal(1, Total("aetheris_connected_clients"));
        second.Close(CloseReason.Violation);
        second.Lost();
        _gateway.Rounds(3);
        Assert.Equal(0, Total("aetheris_connected_clients"));
        Assert.Equal(2, Total("aetheris_transport_events_total/session_closed"));
    }

    [Fact]
    public void Pongs_are_measured_in_seconds_from_receipt_and_from_dispatch()
    {
        var machine = _gateway.Join(_transport);
        machine.Receive(Messages.Ping(), reliable: false);
        machine.Receive(Messages.Codec1(WireEventKind.Ping), reliable: false);
        Assert.Equal(2, Total("aetheris_protocol_pings_received_total"));
        Assert.Equal(2, _records["aetheris_server_pong_dispatch_seconds"]);
        Assert.Equal(2, _records["aetheris_server_ping_hold_seconds"]);
        Assert.InRange(_totals["aetheris_server_ping_hold_seconds"], _totals["aetheris_server_pong_dispatch_seconds"], 1);
    }

    [Fact]
    public void A_broadcast_is_what_several_clients_share()
    {
        _gateway.Join(_transport);
        _gateway.Rounds(30);
        var before = Total("aetheris_packets_broadcast_total");
        var state = State();
        _gateway.Rounds(10);
        Assert.Equal(State() - state, Total("aetheris_packets_broadcast_total") - before);

        int State() => _transport.Sent.Count(sent => sent.Bytes[0] == (byte)LinkKind.Codec1);
    }

    [Fact]
    public void The_start_of_a_session_is_measured_once()
    {
        _gateway.Join(_transport);
        _gateway.Rounds(100);
        Assert.Equal(1, _records["aetheris_session_start_latency_seconds"]);
    }

    private double Total(string name)
    {
        _listener.RecordObservableInstruments();
        return _totals.GetValueOrDefault(name);
    }

    // Histograms sum up, counters too; observed values replace what was observed before.
    private void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var name = tags.Length == 0 ? instrument.Name : instrument.Name + "/" + tags[0].Value;
        _totals[name] = instrument.IsObservable ? value : _totals.GetValueOrDefault(name) + value;
        _records[name] = _records.GetValueOrDefault(name) + 1;
    }
}
