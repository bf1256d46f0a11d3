// The instruments of the edge.
using System.Diagnostics.Metrics;
using Aetheris.Grains.Interfaces.Metrics;

namespace Aetheris.Gateway;

/// <summary>Instruments of meter "Aetheris.Gateway"; names of the seed where it had them (TICK_PIPELINE §4).</summary>
public sealed class GatewayMetrics : IDisposable
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "Aetheris.Gateway";

    private static readonly double[] AnswerSeconds = [1e-6, 2.5e-6, 5e-6, 1e-5, 2.5e-5, 5e-5, 1e-4, 2.5e-4, 5e-4, 1e-3, 5e-3, 1e-2];
    private static readonly double[] LatencySeconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    private static readonly string[] AuthFailureReasons =
    [
        "missing", "malformed", "wrong_signature", "wrong_issuer", "wrong_audience", "expired", "not_yet_valid", "used", "error", "version", "codec",
        "timeout", "session", "wrong_player", "refresh", "code", "oidc",
    ];

    private readonly Meter _meter;
    private readonly Meter _shared;
    private long _connected;
    private long _busyTicks;
    private long _inbound;
    private long _outbound;
    private long _broadcast;

    /// <summary>Creates the instruments.</summary>
    public GatewayMetrics(IMeterFactory? factory = null)
    {
        _meter = factory?.Create(MeterName) ?? new Meter(MeterName);
        _meter.CreateObservableCounter("aetheris_packets_inbound_total", () => Volatile.Read(ref _inbound), description: "Messages received from clients.");
        _meter.CreateObservableCounter("aetheris_packets_outbound_total", () => Volatile.Read(ref _outbound), description: "Messages sent to clients.");
        _meter.CreateObservableCounter("aetheris_packets_broadcast_total", () => Volatile.Read(ref _broadcast), description: "Messages sent to clients whose bytes several of them share.");
        UnprivilegedPackets = new TotalCounter(_meter, "aetheris_unprivileged_packets_total", "Messages refused because their sender may not send them.");
        TransportEvents = new LabelledCounter(
            _meter, "aetheris_transport_events_total", "Closed sessions and reset streams.", "type", ["session_closed", "stream_reset"]);
        Pings = new TotalCounter(_meter, "aetheris_protocol_pings_received_total", "Pings received.");
        DecodeErrors = new TotalCounter(_meter, "aetheris_decode_errors_total", "Messages that could not be decoded.");
        ForbiddenUpdates = new LabelledCounter(
            _meter, "aetheris_forbidden_component_updates_total", "Component updates that clients may not send.", "kind", EncoderMetrics.KindLabels);
        _shared = factory?.Create(UnauthorizedUpdatesMetric.MeterName) ?? new Meter(UnauthorizedUpdatesMetric.MeterName);
        UnauthorizedUpdates = UnauthorizedUpdatesMetric.CreateCounter(_shared);
        AuthFailures = new LabelledCounter(_meter, "aetheris_auth_failures_total", "Refused sign-ins and tokens.", "reason", AuthFailureReasons);
        SessionsRevoked = new LabelledCounter(
            _meter, "aetheris_sessions_revoked_total", "Live connections ended because their session was.", "reason", ["revoked", "expired", "replaced", "idle"]);
        Violations = new LabelledCounter(
            _meter, "aetheris_security_violations_total", "Things that no honest client does.", "kind", Connections.SuspicionMeter.KindLabels);
        OutboundErrors = new LabelledCounter(
            _meter, "aetheris_outbound_errors_total", "Messages that a transport did not take.", "kind", ["reliable", "unreliable"]);
        Encoder = new EncoderMetrics(_meter);
        PongDispatch = AnswerTime("aetheris_server_pong_dispatch_seconds", "Time to hand a Pong to the transport.");
        PingHold = AnswerTime("aetheris_server_ping_hold_seconds", "From the receipt of a Ping to its Pong.");
        EdgeDrops = _meter.CreateCounter<long>("aetheris_edge_drops_total", description: "Datagrams and messages dropped at the edge.");
        EdgeErrors = new TotalCounter(_meter, "aetheris_edge_errors_total", "Exceptions contained by the edge thread.");
        FrameGaps = new TotalCounter(_meter, "aetheris_frame_gaps_total", "Times frames were missing after the reorder window.");
        Resubscriptions = new TotalCounter(_meter, "aetheris_room_resubscriptions_total", "Attempts to subscribe to a room again.");
        HistoriesLost = new TotalCounter(_meter, "aetheris_room_histories_lost_total", "Times a room came back without ticks that this gateway had seen.");
        Frames = new TotalCounter(_meter, "aetheris_frames_received_total", "Frames applied.");
        CommandsRefused = new TotalCounter(_meter, "aetheris_commands_refused_total", "Commands that did not fit the retention bound.");
        LogOverflows = new TotalCounter(_meter, "aetheris_log_retention_overflows_total", "Log entries forgotten before they were durable.");
        InputsUnreceived = new TotalCounter(_meter, "aetheris_inputs_unreceived_total", "Inputs that never reached this gateway.");
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

    /// <summary>For instruments that others add.</summary>
    public Meter Meter => _meter;

    /// <summary>Messages refused for lack of privilege.</summary>
    public TotalCounter UnprivilegedPackets { get; }

    /// <summary>By type: session_closed, stream_reset.</summary>
    public LabelledCounter TransportEvents { get; }

    /// <summary>Pings.</summary>
    public TotalCounter Pings { get; }

    /// <summary>Messages that could not be decoded.</summary>
    public TotalCounter DecodeErrors { get; }

    /// <summary>Component updates that clients may not send, by kind.</summary>
    public LabelledCounter ForbiddenUpdates { get; }

    /// <summary>Inputs for ships that are not the client's own; the same instrument counts those that a room refuses.</summary>
    public Counter<long> UnauthorizedUpdates { get; }

    /// <summary>By reason.</summary>
    public LabelledCounter AuthFailures { get; }

    /// <summary>By reason: revoked, expired, replaced, idle.</summary>
    public LabelledCounter SessionsRevoked { get; }

    /// <summary>By kind of suspicion.</summary>
    public LabelledCounter Violations { get; }

    /// <summary>By kind: reliable, unreliable.</summary>
    public LabelledCounter OutboundErrors { get; }

    /// <summary>Codec 1.</summary>
    public EncoderMetrics Encoder { get; }

    /// <summary>Seconds to hand a Pong to the transport.</summary>
    public Histogram<double> PongDispatch { get; }

    /// <summary>Seconds from a Ping's receipt to its Pong.</summary>
    public Histogram<double> PingHold { get; }

    /// <summary>By reason.</summary>
    public Counter<long> EdgeDrops { get; }

    /// <summary>Contained exceptions.</summary>
    public TotalCounter EdgeErrors { get; }

    /// <summary>Gaps that the reorder window did not close.</summary>
    public TotalCounter FrameGaps { get; }

    /// <summary>Subscription attempts after the first.</summary>
    public TotalCounter Resubscriptions { get; }

    /// <summary>Rooms that undid what this gateway had seen.</summary>
    public TotalCounter HistoriesLost { get; }

    /// <summary>Frames applied.</summary>
    public TotalCounter Frames { get; }

    /// <summary>Commands over the retention bound.</summary>
    public TotalCounter CommandsRefused { get; }

    /// <summary>Log entries forgotten too early.</summary>
    public TotalCounter LogOverflows { get; }

    /// <summary>Inputs that never came.</summary>
    public TotalCounter InputsUnreceived { get; }

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

    /// <summary>Counts a sent message whose bytes are shared. Edge thread only.</summary>
    public void CountBroadcast() => _broadcast++;

    /// <summary>Counts a message that a transport did not take.</summary>
    public void CountOutboundError(bool reliable) => OutboundErrors.Add(reliable ? "reliable" : "unreliable");

    /// <summary>Adds working time of the edge thread.</summary>
    public void AddBusy(TimeSpan time) => Interlocked.Add(ref _busyTicks, time.Ticks);

    /// <summary>Shows the drops from 0 on: a counter is exported from its first measurement, and a dashboard wants its name before.</summary>
    public void Begin() => EdgeDrops.Add(0, new KeyValuePair<string, object?>("reason", "other"));

    /// <summary>Counts a drop.</summary>
    public void Drop(string reason) => Drop(reason, 1);

    /// <summary>Counts drops of one reason.</summary>
    public void Drop(string reason, long count)
    {
        if (count > 0)
            EdgeDrops.Add(count, new KeyValuePair<string, object?>("reason", reason));
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _shared.Dispose();
        _meter.Dispose();
    }

    private Histogram<double> AnswerTime(string name, string description) =>
        _meter.CreateHistogram(name, description: description, advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = AnswerSeconds });
}
