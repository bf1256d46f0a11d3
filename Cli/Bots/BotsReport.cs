// The figures of one run, in the contract's names.
using System.Text.Json;
using Aetheris.Client.Input;
using Aetheris.Client.Quality;
using Aetheris.Client.Transport;

namespace Aetheris.Cli.Bots;

/// <summary>Sums of all bots over the measured window (DESIGN §4).</summary>
internal sealed class BotsReport
{
    private readonly LatencyHistogram _echo = new();
    private readonly LatencyHistogram _gap = new();
    private readonly LatencyHistogram _join = new();
    private readonly LatencyHistogram _away = new();
    private readonly LatencyHistogram _staleness = new();
    private InputCounts _inputs;
    private TransportCounters _traffic;
    private long _snapshots;
    private double _clientSeconds;

    public required BotsOptions Options { get; init; }

    public int Connected { get; init; }

    public double Seconds { get; init; }

    public double TickHz { get; private set; } = double.PositiveInfinity;

    public long Disconnects { get; private set; }

    public long Reconnects { get; private set; }

    public long SameShip { get; private set; }

    public long Redirects { get; private set; }

    public long Mispredictions { get; private set; }

    public long Predictions { get; private set; }

    public long AcksMissing { get; private set; }

    public long OwnRecordsMissing { get; private set; }

    public long DatagramsSeen { get; private set; }

    public long DatagramsDropped { get; private set; }

    public long DatagramsOverflowed { get; private set; }

    public long Malformed { get; private set; }

    /// <summary>Whether the run was stopped before its end.</summary>
    public bool IsInterrupted { get; init; }

    public InputCounts Inputs => _inputs;

    private FeelFigures Feel { get; } = new();

    /// <summary>Result of the check against the room's state; null when the state could not be read.</summary>
    public DesyncResult? Desync { get; set; }

    /// <summary>What went wrong, in words; at most a few.</summary>
    public List<string> Errors { get; } = new();

    public int Failed => Options.Clients - Connected;

    /// <summary>Adds one bot.</summary>
    /// <param name="from">At the end of the warm-up.</param>
    /// <param name="to">At the end of the measurement.</param>
    /// <param name="settled">After the bots came to rest: inputs are followed to their end.</param>
    public void Add(BotFigures from, BotFigures to, BotFigures settled)
    {
        _echo.Add(to.Echo);
        _gap.Add(to.Gap);
        _join.Add(to.Join);
        _away.Add(settled.Away);
        _staleness.Add(to.Staleness);
        TickHz = Math.Min(TickHz, to.TickHz);
        _clientSeconds += (to.At - from.At) / 1_000_000.0;
        _snapshots += to.Snapshots - from.Snapshots;
        _traffic.PayloadDown += to.Traffic.PayloadDown - from.Traffic.PayloadDown;
        _traffic.PayloadUp += to.Traffic.PayloadUp - from.Traffic.PayloadUp;
        _traffic.WireDown += to.Traffic.WireDown - from.Traffic.WireDown;
        _traffic.WireUp += to.Traffic.WireUp - from.Traffic.WireUp;
        Disconnects += settled.Disconnects - from.Disconnects;
        Reconnects += settled.Reconnects - from.Reconnects;
        SameShip += settled.SameShip - from.SameShip;
        Redirects += settled.Redirects - from.Redirects;
        Mispredictions += settled.Mispredictions - from.Mispredictions;
        Predictions += settled.Predictions - from.Predictions;
        AcksMissing += settled.AcksMissing - from.AcksMissing;
        OwnRecordsMissing += to.OwnRecordsMissing - from.OwnRecordsMissing;
        Malformed += settled.Malformed - from.Malformed;
        DatagramsSeen += settled.DatagramsSeen - from.DatagramsSeen;
        DatagramsDropped += settled.DatagramsDropped - from.DatagramsDropped;
        DatagramsOverflowed += settled.DatagramsOverflowed - from.DatagramsOverflowed;
        Feel.Add(from, to);

        // Those still on their way at the start end inside the window: counted in, so that outcomes never outnumber inputs.
        _inputs.Sent += settled.Inputs.Sent - from.Inputs.Sent + from.Inputs.InFlight;
        _inputs.Acked += settled.Inputs.Acked - from.Inputs.Acked;
        _inputs.Lost += settled.Inputs.Lost - from.Inputs.Lost;
        _inputs.Unreceived += settled.Inputs.Unreceived - from.Inputs.Unreceived;
        _inputs.Rejected += settled.Inputs.Rejected - from.Inputs.Rejected;
        _inputs.Unverified += settled.Inputs.Unverified - from.Inputs.Unverified;
        _inputs.ChainMismatches += settled.Inputs.ChainMismatches - from.Inputs.ChainMismatches;
    }

    /// <summary>Writes the object: the contract's keys first, in its order.</summary>
    public void WriteJson(Utf8JsonWriter json, IReadOnlyList<(string Fault, bool Found)>? selfTest)
    {
        var perClient = Math.Max(1e-9, _clientSeconds);
        json.WriteStartObject();
        json.WriteNumber("clients", Options.Clients);
        json.WriteNumber("connected", Connected);
        json.WriteNumber("failed", Failed);
        json.WriteNumber("disconnects", Disconnects);
        json.WriteNumber("reconnects", Reconnects);
        Write(json, "seconds", Seconds);
        Write(json, "tick_hz", double.IsInfinity(TickHz) ? 0 : TickHz);
        Write(json, "snapshots_per_client_s", _snapshots / perClient);
        Write(json, "down_bytes_per_client_s", _traffic.PayloadDown / perClient);
        Write(json, "up_bytes_per_client_s", _traffic.PayloadUp / perClient);
        Write(json, "wire_down_bytes_per_client_s", _traffic.WireDown / perClient);
        WriteLatency(json, "echo_ms", _echo, withMax: true);
        WriteLatency(json, "gap_ms", _gap, withMax: true);
        WriteLatency(json, "join_ms", _join, withMax: false);
        json.WriteNumber("inputs_sent", _inputs.Sent);
        json.WriteNumber("inputs_acked", _inputs.Acked);
        json.WriteNumber("inputs_lost", _inputs.Lost);
        json.WriteNumber("inputs_unreceived", _inputs.Unreceived);
        json.WriteNumber("mispredictions", Mispredictions);
        if (Desync is { } desync)
            json.WriteNumber("desyncs", desync.Desyncs);
        else
            json.WriteNull("desyncs");
        json.WriteNumber("datagrams_dropped", DatagramsDropped);
        json.WriteNumber("errors", Errors.Count + Malformed);
        WriteExtra(json, perClient);
        WriteSelfTest(json, selfTest);
        json.WriteEndObject();
    }

    /// <summary>One line per figure for people.</summary>
    public void WriteText(TextWriter output)
    {
        var perClient = Math.Max(1e-9, _clientSeconds);
        output.WriteLine(FormattableString.Invariant($"{Connected} of {Options.Clients} clients in the room, {Disconnects} disconnects, {Reconnects} reconnects ({SameShip} to the same ship, {Redirects} because a gateway sent them on; away for p50 {_away.PercentileMs(0.5):F0} max {_away.MaxMicros / 1000.0:F0} ms)"));
        output.WriteLine(FormattableString.Invariant($"{TickHz:F2} ticks/s (worst client), {_snapshots / perClient:F1} snapshots/s, {_traffic.PayloadDown / perClient / 1000:F2} KB/s down, {_traffic.PayloadUp / perClient / 1000:F2} KB/s up per client"));
        output.WriteLine(FormattableString.Invariant($"echo p50 {_echo.PercentileMs(0.5):F1} p99 {_echo.PercentileMs(0.99):F1} max {_echo.MaxMicros / 1000.0:F1} ms; gap p50 {_gap.PercentileMs(0.5):F1} p99 {_gap.PercentileMs(0.99):F1} max {_gap.MaxMicros / 1000.0:F1} ms; join p50 {_join.PercentileMs(0.5):F0} ms"));
        output.WriteLine(FormattableString.Invariant($"inputs: {_inputs.Sent} sent, {_inputs.Acked} acked, {_inputs.Lost} lost, {_inputs.Unreceived} unreceived, {_inputs.Rejected} rejected, {_inputs.Unverified} unverified; acknowledgements missing: {AcksMissing}"));
        output.WriteLine(FormattableString.Invariant($"state: own ship missing in {OwnRecordsMissing} ticks; moving entities renewed after p50 {Ticks(0.5):F0} p99 {Ticks(0.99):F0} max {_staleness.MaxMicros} ticks"));
        output.WriteLine(FormattableString.Invariant($"mispredictions: {Mispredictions} of {Predictions} ticks; datagrams dropped: {DatagramsDropped} of {DatagramsSeen}"));
        Feel.WriteText(output);
        output.WriteLine(Desync is { } desync
            ? FormattableString.Invariant($"desyncs: {desync.Desyncs} of {desync.Compared} values")
            : "desyncs: unknown, the room's state could not be read");
    }

    // This histogram counts ticks where those of times count microseconds.
    private double Ticks(double share) => Math.Round(_staleness.PercentileMs(share) * 1000);

    private static void Write(Utf8JsonWriter json, string name, double value) => json.WriteNumber(name, Math.Round(value, 3));

    private static void WriteLatency(Utf8JsonWriter json, string name, LatencyHistogram values, bool withMax)
    {
        json.WriteStartObject(name);
        Write(json, "p50", values.PercentileMs(0.5));
        Write(json, "p99", values.PercentileMs(0.99));
        if (withMax)
            Write(json, "max", values.MaxMicros / 1000.0);
        json.WriteEndObject();
    }

    private void WriteExtra(Utf8JsonWriter json, double perClient)
    {
        json.WriteNumber("same_ship", SameShip);
        json.WriteNumber("redirects", Redirects);
        WriteLatency(json, "away_ms", _away, withMax: true);
        Write(json, "wire_up_bytes_per_client_s", _traffic.WireUp / perClient);
        json.WriteNumber("inputs_rejected", _inputs.Rejected);
        json.WriteNumber("inputs_unverified", _inputs.Unverified);
        json.WriteNumber("inputs_in_flight", _inputs.InFlight);
        json.WriteNumber("chain_mismatches", _inputs.ChainMismatches);
        json.WriteNumber("acks_missing", AcksMissing);
        json.WriteNumber("own_record_missing", OwnRecordsMissing);
        json.WriteStartObject("staleness_ticks");
        Write(json, "p50", Ticks(0.5));
        Write(json, "p99", Ticks(0.99));
        Write(json, "max", _staleness.MaxMicros);
        json.WriteEndObject();
        json.WriteNumber("predicted_ticks", Predictions);
        json.WriteNumber("values_compared", Desync?.Compared ?? 0);
        json.WriteNumber("datagrams_seen", DatagramsSeen);
        json.WriteNumber("datagrams_overflowed", DatagramsOverflowed);
        Feel.WriteJson(json);
        json.WriteBoolean("interrupted", IsInterrupted);
        json.WriteString("transport", Options.Transport == TransportKind.Udp ? "udp" : "ws");
        json.WriteNumber("codec", Options.Codec);
        json.WriteNumber("decoding", Math.Min(Options.Clients, Options.Decode ?? int.MaxValue));
        json.WriteStartArray("error_texts");
        foreach (var error in Errors.Distinct().Take(10))
            json.WriteStringValue(error);
        json.WriteEndArray();
    }

    private static void WriteSelfTest(Utf8JsonWriter json, IReadOnlyList<(string Fault, bool Found)>? selfTest)
    {
        if (selfTest is null)
            return;
        json.WriteStartObject("self_test");
        foreach (var (fault, found) in selfTest)
            json.WriteBoolean(fault, found);
        json.WriteEndObject();
    }
}
