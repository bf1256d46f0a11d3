// The instruments of the edge.
using System.Diagnostics.Metrics;

namespace Aetheris.Gateway;

/// <summary>Instruments of meter "Aetheris.Gateway"; names of the seed where it had them (TICK_PIPELINE §4).</summary>
public sealed class GatewayMetrics : IDisposable
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "Aetheris.Gateway";

    private static readonly double[] LatencySeconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    private readonly Meter _meter;
    private long _connected;
    private long _busyTicks;
    private long _inbound;
    private long _outbound;

    /// <summary>Creates the instruments.</summary>
    public GatewayMetrics(IMeterFactory? factory = null)
    {
        _meter = factory?.Create(MeterName) ?? new Meter(MeterName);
        _meter.CreateObservableCounter("aetheris_packets_inbound_total", () => Volatile.Read(ref _inbound), description: "Messages received from clients.");
        _meter.CreateObservableCounter("aetheris_packets_outbound_total", () => Volatile.Read(ref _outbound), description: "Messages sent to clients.");
        UnprivilegedPackets = _meter.CreateCounter<long>("aetheris_unprivileged_packets_total", description: "Messages refused because their sender may not send them.");
        TransportEvents = _meter.CreateCounter<long>("aetheris_transport_events_total", description: "Closed sessions and reset streams.");
        Pings = _meter.CreateCounter<long>("aetheris_protocol_pings_received_total", description: "Pings received.");
        DecodeErrors = _meter.CreateCounter<long>("aetheris_decode_errors_total", description: "Messages that could not be decoded.");
        ForbiddenUpdates = _meter.CreateCounter<long>("aetheris_forbidden_component_updates_total", description: "Component updates that clients may not send.");
        AuthFailures = _meter.CreateCounter<long>("aetheris_auth_failures_total", description: "Refused sign-ins and connect tokens.");
        EdgeDrops = _meter.CreateCounter<long>("aetheris_edge_drops_total", description: "Datagrams and messages dropped at the edge.");
        EdgeErrors = _meter.CreateCounter<long>("aetheris_edge_errors_total", description: "Exceptions contained by the edge thread.");
        FrameGaps = _meter.CreateCounter<long>("aetheris_frame_gaps_total", description: "Times frames were missing after the reorder window.");
        Resubscriptions = _meter.CreateCounter<long>("aetheris_room_resubscriptions_total", description: "Attempts to subscribe to a room again.");
        Frames = _meter.CreateCounter<long>("aetheris_frames_received_total", description: "Frames applied.");
        CommandsRefused = _meter.CreateCounter<long>("aetheris_commands_refused_total", description: "Commands that did not fit the retention bound.");
        LogOverflows = _meter.CreateCounter<long>("aetheris_log_retention_overflows_total", description: "Log entries forgotten before they were durable.");
        InputsUnreceived = _meter.CreateCounter<long>("aetheris_inputs_unreceived_total", description: "Inputs that never reached this gateway.");
        SessionStart = _meter.CreateHistogram(
            "aetheris_session_start_latency_seconds",
            description: "From connect request to being in the room.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = LatencySeconds });
        _meter.CreateObservableGauge("aetheris_connected_clients", () => Volatile.Read(ref _connected), description: "Connections that are in a room.");
        _meter.CreateObservableCounter(
            "aetheris_edge_busy_seconds_total",
            () => Volatile.Read(ref _busyTicks) / (double)TimeSpan.TicksPerSecond,
            description: "Time the edge thread spent working.");
    }

    /// <summary>Messages refused for lack of privilege.</summary>
    public Counter<long> UnprivilegedPackets { get; }

    /// <summary>By type: session_closed, stream_reset.</summary>
    public Counter<long> TransportEvents { get; }

    /// <summary>Pings.</summary>
    public Counter<long> Pings { get; }

    /// <summary>Messages that could not be decoded.</summary>
    public Counter<long> DecodeErrors { get; }

    /// <summary>Component updates that clients may not send.</summary>
    public Counter<long> ForbiddenUpdates { get; }

    /// <summary>By reason.</summary>
    public Counter<long> AuthFailures { get; }

    /// <summary>By reason.</summary>
    public Counter<long> EdgeDrops { get; }

    /// <summary>Contained exceptions.</summary>
    public Counter<long> EdgeErrors { get; }

    /// <summary>Gaps that the reorder window did not close.</summary>
    public Counter<long> FrameGaps { get; }

    /// <summary>Subscription attempts after the first.</summary>
    public Counter<long> Resubscriptions { get; }

    /// <summary>Frames applied.</summary>
    public Counter<long> Frames { get; }

    /// <summary>Commands over the retention bound.</summary>
    public Counter<long> CommandsRefused { get; }

    /// <summary>Log entries forgotten too early.</summary>
    public Counter<long> LogOverflows { get; }

    /// <summary>Inputs that never came.</summary>
    public Counter<long> InputsUnreceived { get; }

    /// <summary>Seconds from connect request to Accept.</summary>
    public Histogram<double> SessionStart { get; }

    /// <summary>Connections in a room.</summary>
    public long Connected => Volatile.Read(ref _connected);

    /// <summary>Sets the number of connections in a room.</summary>
    public void SetConnected(int count) => Volatile.Write(ref _connected, count);

    /// <summary>Counts a received message. Edge thread only: the hottest counts are plain additions.</summary>
    public void CountInbound() => _inbound++;

    /// <summary>Counts a sent message. Edge thread only.</summary>
    public void CountOutbound() => _outbound++;

    /// <summary>Adds working time of the edge thread.</summary>
    public void AddBusy(TimeSpan time) => Interlocked.Add(ref _busyTicks, time.Ticks);

    /// <summary>Counts a drop.</summary>
    public void Drop(string reason) => EdgeDrops.Add(1, new KeyValuePair<string, object?>("reason", reason));

    /// <inheritdoc />
    public void Dispose() => _meter.Dispose();
}
