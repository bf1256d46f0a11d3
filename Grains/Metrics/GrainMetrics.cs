// The instruments of this assembly, under the seed's names (TICK_PIPELINE §4), in seconds and bytes.
using System.Diagnostics.Metrics;
using Aetheris.Grains.Interfaces.Metrics;

namespace Aetheris.Grains.Metrics;

/// <summary>Instruments of the meter <c>Aetheris.Grains</c>. No per-client and no per-room labels.</summary>
public sealed class GrainMetrics : IDisposable
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = UnauthorizedUpdatesMetric.MeterName;

    private static readonly double[] TickBuckets =
        [0.00001, 0.000025, 0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.0167, 0.025, 0.05, 0.1, 0.5, 1];

    private readonly object _lock = new();
    private readonly List<RoomFigures> _rooms = [];
    private readonly List<Counter<long>> _counters = [];
    private readonly Meter _meter;

    /// <summary>Creates the instruments.</summary>
    public GrainMetrics()
    {
        _meter = new Meter(MeterName);
        TickDuration = Seconds("aetheris_tick_duration_seconds", "Wall time of a tick");
        TickCpu = Seconds("aetheris_tick_cpu_seconds", "Thread CPU time of a tick");
        TickLateness = Seconds("aetheris_tick_lateness_seconds", "Start of a tick after its deadline");
        StageDuration = Seconds("aetheris_stage_duration_seconds", "Wall time of one stage of a tick");
        TickOverruns = Counter("aetheris_tick_overruns_total", "Deadlines given up because a room was more than one period late");
        RoomFaults = Counter("aetheris_room_faults_total", "Rooms stopped by an exception in their tick");
        ExtractionCount = Counter("aetheris_ecs_extraction_count", "Changed component values put into frames");
        UpdatesApplied = Counter("aetheris_ecs_updates_applied_total", "Inputs accepted by rooms");
        UnauthorizedUpdates = UnauthorizedUpdatesMetric.CreateCounter(_meter);
        _counters.Add(UnauthorizedUpdates);
        OreTransferred = Counter("aetheris_mining_ore_transferred_total", "Ore that beams brought into holds");
        AsteroidDepletions = Counter("aetheris_asteroid_depletions_total", "Asteroids that became empty");
        CommandsApplied = Counter("aetheris_room_commands_total", "Commands logged by rooms");
        CommandFaults = Counter("aetheris_room_command_faults_total", "Commands given up because their rule threw");
        CommandsDropped = Counter("aetheris_room_commands_dropped_total", "Commands that a mailbox did not take");
        FramesSent = Counter("aetheris_room_frames_sent_total", "Frames handed to gateways");
        FrameSendFaults = Counter("aetheris_room_frame_send_faults_total", "Frames whose sending failed");
        GatewaysLost = Counter("aetheris_room_gateways_lost_total", "Gateways unsubscribed for not acknowledging");
        ReportsDropped = Counter("aetheris_room_reports_dropped_total", "Reports to sessions dropped because too many waited");
        Moves = Counter("aetheris_room_moves_total", "Rooms that moved here live, or failed to, by outcome");
        DeactivationAlarms = Counter("aetheris_room_deactivation_alarms_total", "Steps of a room's departure that failed or took too long");
        SnapshotFailures = Counter("aetheris_room_snapshot_failures_total", "Snapshots and records that storage did not take or give");
        SnapshotsRefused = Counter("aetheris_room_snapshots_refused_total", "Stored snapshots that could not be used");
        Recoveries = Counter("aetheris_room_recoveries_total", "Rooms started from storage, by outcome");
        TicksResimulated = Counter("aetheris_room_ticks_resimulated_total", "Ticks simulated again from the logs of gateways");
        RecoveryMismatches = Counter("aetheris_room_recovery_mismatches_total", "Recoveries whose logs or hashes contradicted each other");
        RecoveryDuration = _meter.CreateHistogram("aetheris_room_recovery_seconds", null, "Reading, waiting for gateways and simulating again, per room started from storage", advice: new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2, 5],
        });
        _meter.CreateObservableGauge("aetheris_room_durable_lag_ticks", LargestLag, null, "Ticks of the room whose history is furthest from being safe in storage");
        MoveGap = _meter.CreateHistogram("aetheris_room_move_gap_seconds", null, "Time between a moving room's last tick there and its first one here", advice: new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [0.017, 0.034, 0.05, 0.067, 0.1, 0.12, 0.2, 0.5, 1, 2, 5],
        });
        FrameSize = _meter.CreateHistogram("aetheris_room_frame_bytes", null, "Size of a frame", advice: new InstrumentAdvice<long>
        {
            HistogramBucketBoundaries = [128, 512, 1024, 2048, 4096, 8192, 16384, 32768, 65536, 262144],
        });
        _meter.CreateObservableGauge("aetheris_actual_tick_rate_hz", SlowestTickRate, null, "Tick rate of the slowest room of this silo");
        _meter.CreateObservableGauge("aetheris_ecs_entities_networked", Entities, null, "Entities of all rooms of this silo");
        _meter.CreateObservableGauge("aetheris_rooms", CountRooms, null, "Rooms that tick on this silo");
    }

    /// <summary>Wall time of a tick, once per tick.</summary>
    public Histogram<double> TickDuration { get; }

    /// <summary>Thread CPU time of a tick.</summary>
    public Histogram<double> TickCpu { get; }

    /// <summary>How late ticks begin.</summary>
    public Histogram<double> TickLateness { get; }

    /// <summary>Wall time of a stage, labelled <c>stage</c>.</summary>
    public Histogram<double> StageDuration { get; }

    /// <summary>Deadlines given up.</summary>
    public Counter<long> TickOverruns { get; }

    /// <summary>Rooms stopped by an exception.</summary>
    public Counter<long> RoomFaults { get; }

    /// <summary>Values extracted.</summary>
    public Counter<long> ExtractionCount { get; }

    /// <summary>Inputs accepted.</summary>
    public Counter<long> UpdatesApplied { get; }

    /// <summary>Inputs refused.</summary>
    public Counter<long> UnauthorizedUpdates { get; }

    /// <summary>Ore mined.</summary>
    public Counter<long> OreTransferred { get; }

    /// <summary>Asteroids emptied.</summary>
    public Counter<long> AsteroidDepletions { get; }

    /// <summary>Commands logged.</summary>
    public Counter<long> CommandsApplied { get; }

    /// <summary>Commands whose rule threw.</summary>
    public Counter<long> CommandFaults { get; }

    /// <summary>Commands not taken, labelled <c>reason</c>.</summary>
    public Counter<long> CommandsDropped { get; }

    /// <summary>Frames handed to observers.</summary>
    public Counter<long> FramesSent { get; }

    /// <summary>Frames whose sending failed.</summary>
    public Counter<long> FrameSendFaults { get; }

    /// <summary>Gateways unsubscribed for silence.</summary>
    public Counter<long> GatewaysLost { get; }

    /// <summary>Reports dropped.</summary>
    public Counter<long> ReportsDropped { get; }

    /// <summary>Moves that arrived or failed, labelled <c>outcome</c>.</summary>
    public Counter<long> Moves { get; }

    /// <summary>Alarms of rooms that leave, labelled <c>step</c>.</summary>
    public Counter<long> DeactivationAlarms { get; }

    /// <summary>Writes and reads of rooms that storage refused or did not answer.</summary>
    public Counter<long> SnapshotFailures { get; }

    /// <summary>Snapshots that could not be used.</summary>
    public Counter<long> SnapshotsRefused { get; }

    /// <summary>Starts from storage, labelled <c>outcome</c>.</summary>
    public Counter<long> Recoveries { get; }

    /// <summary>Time of a start from storage in seconds.</summary>
    public Histogram<double> RecoveryDuration { get; }

    /// <summary>Ticks simulated again.</summary>
    public Counter<long> TicksResimulated { get; }

    /// <summary>Recoveries with contradictions.</summary>
    public Counter<long> RecoveryMismatches { get; }

    /// <summary>Gap of a move in seconds.</summary>
    public Histogram<double> MoveGap { get; }

    /// <summary>Size of a frame in bytes.</summary>
    public Histogram<long> FrameSize { get; }

    /// <summary>Includes a room in the gauges.</summary>
    public void Track(RoomFigures room)
    {
        lock (_lock)
            _rooms.Add(room);

        // A counter is exported from its first measurement on: a dashboard or an alert finds every name once there is a room.
        foreach (var counter in _counters)
            counter.Add(0);
    }

    /// <summary>Takes a room out of the gauges.</summary>
    public void Untrack(RoomFigures room)
    {
        lock (_lock)
            _rooms.Remove(room);
    }

    /// <inheritdoc />
    public void Dispose() => _meter.Dispose();

    private Histogram<double> Seconds(string name, string description) =>
        _meter.CreateHistogram(name, null, description, advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = TickBuckets });

    private Counter<long> Counter(string name, string description)
    {
        var counter = _meter.CreateCounter<long>(name, null, description);
        _counters.Add(counter);
        return counter;
    }

    private double SlowestTickRate()
    {
        lock (_lock)
        {
            var slowest = double.PositiveInfinity;
            foreach (var room in _rooms)
            {
                if (room.TickRate > 0)
                    slowest = Math.Min(slowest, room.TickRate);
            }

            return double.IsPositiveInfinity(slowest) ? 0 : slowest;
        }
    }

    private long LargestLag()
    {
        lock (_lock)
        {
            var largest = 0L;
            foreach (var room in _rooms)
                largest = Math.Max(largest, room.DurableLag);
            return largest;
        }
    }

    private long Entities()
    {
        lock (_lock)
        {
            var entities = 0L;
            foreach (var room in _rooms)
                entities += room.Entities;
            return entities;
        }
    }

    private int CountRooms()
    {
        lock (_lock)
            return _rooms.Count;
    }
}
