// One room: its pipeline, subscribers and stage of life behind one lock, without Orleans' runtime.
using Aetheris.Grains.Demo;
using Aetheris.Grains.Interfaces.Rooms;
using Aetheris.Grains.Metrics;
using Aetheris.Grains.Pipeline;
using Aetheris.Grains.Ticking;
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Identity;
using Aetheris.World;
using Microsoft.Extensions.Logging;

namespace Aetheris.Grains.Rooms;

/// <summary>
/// A room that ticks. A clock thread calls <see cref="Tick"/>, grain calls everything else. Its state is World and the few fields
/// here, so that it can be moved. Thread-safe.
/// </summary>
public sealed partial class Room : ITickTarget
{
    private readonly object _lock = new();
    private readonly List<GatewayId> _gone = [];
    private readonly RoomSetup _setup;
    private readonly RoomWorld _world;
    private readonly RoomMailbox _mailbox;
    private readonly SubscriberSet _subscribers;
    private readonly TickPipeline _pipeline;
    private readonly DemoPilots? _pilots;
    private readonly RoomLineage _lineage;
    private readonly IdleWatch _idle;
    private readonly GrainMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private RoomStatus _status = RoomStatus.Active;
    private volatile bool _frozen;
    private MoveStamp? _arriving;
    private DateTimeOffset _lastTick;
    private RoomMove? _lastMove;

    /// <summary>Opens a room; it ticks when a clock calls it.</summary>
    /// <param name="setup">Facts of the room.</param>
    /// <param name="definition">Rules.</param>
    /// <param name="metrics">Instruments.</param>
    /// <param name="time">Time for silence and idleness.</param>
    /// <param name="logger">Log.</param>
    /// <param name="state">What it begins with; null for a new room.</param>
    public Room(RoomSetup setup, WorldDefinition definition, GrainMetrics metrics, TimeProvider time, ILogger logger, RoomState? state = null)
    {
        _setup = setup;
        _metrics = metrics;
        _time = time;
        _logger = logger;
        _world = state?.World
            ?? new RoomWorld(definition, new RoomSettings { Capacity = (uint)setup.Template.Capacity, TickRate = (ushort)setup.TickRate });
        _mailbox = new RoomMailbox(metrics);
        _subscribers = new SubscriberSet(time, metrics, logger);
        _pipeline = new TickPipeline(new TickContext(_world, _mailbox, setup.Epoch, metrics, setup.HistoryTicks));
        _pipeline.Context.Sinks.Add(_subscribers);
        _lineage = new RoomLineage(state?.Lineage ?? [], new EpochStart(setup.Epoch, _world.Tick));
        _idle = new IdleWatch(time, TimeSpan.FromSeconds(setup.Template.IdleCloseSeconds), state?.IdleFor);
        _pilots = setup.Pilots > 0 ? new DemoPilots(setup.Pilots, _world.Players) : null;
        Reports = new ShipReports(metrics);
        if (state is not null)
            Restore(state);
        else if (setup.Template.Stress > 0)
            _mailbox.Post(new Command { Kind = CommandKind.StressTest, Privileged = true, Count = (ushort)setup.Template.Stress, Rotate = true });
        metrics.Track(_pipeline.Figures);
    }

    /// <summary>Called once, on a clock thread, when the room's tick threw; it does not tick again.</summary>
    public Action? Faulted { get; set; }

    /// <summary>Possession that sessions are to hear of.</summary>
    public ShipReports Reports { get; }

    /// <inheritdoc />
    public void Tick(in TickMoment moment)
    {
        lock (_lock)
        {
            if (_status == RoomStatus.Closed || _frozen)
                return;
            _lastTick = _time.GetUtcNow();
            LetSilentGatewaysGo();
            _pilots?.Fly(_world.Tick + 1, _mailbox);
            _pipeline.Tick();
            NoteShips();
            if (_arriving is not null)
                NoteArrival(_arriving);
        }
    }

    /// <inheritdoc />
    public void OnFault(Exception exception)
    {
        Close();
        Faulted?.Invoke();
    }

    /// <inheritdoc />
    public override string ToString() => _setup.Name;

    /// <summary>Whether it takes subscriptions and commands: neither closed nor about to move.</summary>
    public bool IsServing
    {
        get
        {
            lock (_lock)
                return _status != RoomStatus.Closed && !_frozen;
        }
    }

    /// <summary>Starts or refreshes a gateway's frames.</summary>
    /// <param name="gateway">The gateway.</param>
    /// <param name="observer">Where its frames go.</param>
    /// <param name="reference">The observer in bytes; empty when it does not outlive this activation.</param>
    /// <returns>An image as of the newest frame; refused when the room is closed or has too many gateways.</returns>
    public RoomSubscription Subscribe(GatewayId gateway, IRoomObserver observer, byte[]? reference = null)
    {
        lock (_lock)
        {
            var last = _world.Gateways.LastOf(gateway);
            if (_status == RoomStatus.Closed || _frozen || !_mailbox.Open(gateway, last))
                return new RoomSubscription(RoomStatus.Closed, [], 0, _setup.TickRate);
            _subscribers.Add(gateway, observer, reference ?? []);
            return new RoomSubscription(_status, _pipeline.TakeImage(), last, _setup.TickRate);
        }
    }

    /// <summary>Ends a gateway's frames.</summary>
    public void Unsubscribe(GatewayId gateway) => _subscribers.Remove(gateway);

    /// <summary>Takes the bytes of a command batch; anything is survived.</summary>
    public SubmitOutcome Submit(ReadOnlySpan<byte> batch)
    {
        var outcome = _mailbox.Submit(batch, out var head);
        if (outcome is not (SubmitOutcome.Malformed or SubmitOutcome.UnknownGateway))
            _subscribers.Acknowledge(head.Gateway, head.AckEpoch, head.AckSeq);
        return outcome;
    }

    /// <summary>Frames by seq, both ends inclusive; empty when one of them is not kept.</summary>
    public byte[][] GetFrames(uint epoch, ulong fromSeq, ulong toSeq)
    {
        if (epoch != _setup.Epoch || toSeq < fromSeq || toSeq - fromSeq >= FrameRing.Capacity)
            return [];
        lock (_lock)
        {
            var frames = new byte[toSeq - fromSeq + 1][];
            for (var i = 0; i < frames.Length; i++)
            {
                if (!_pipeline.Context.Frames.TryGet(fromSeq + (ulong)i, out var frame))
                    return [];
                frames[i] = frame.ToArray();
            }

            return frames;
        }
    }

    /// <summary>Logs the end of a player's connection with the next tick.</summary>
    public void Expel(PlayerId player, ConnectionEpoch connection, LeaveReason reason) =>
        _mailbox.Post(new Command { Kind = CommandKind.Leave, Player = player, Connection = connection, Reason = reason });

    /// <summary>State after a tick, or the newest; null when the tick is not kept.</summary>
    public RoomStateAt? GetState(ulong? tick)
    {
        lock (_lock)
        {
            return _pipeline.TryGetState(tick, out var at, out var hash, out var image)
                ? new RoomStateAt(_setup.Epoch, at, hash, image)
                : null;
        }
    }

    /// <summary>The room's figures.</summary>
    public RoomListing GetListing()
    {
        lock (_lock)
        {
            return new RoomListing
            {
                Room = _setup.Name,
                Template = _setup.TemplateName,
                Status = _status,
                Silo = _setup.Silo,
                Epoch = _setup.Epoch,
                Tick = _world.Tick,
                Players = _world.Players.Places,
                Capacity = _setup.Template.Capacity,
                Entities = _world.Entities.Count,
                TickP99Ms = _pipeline.Costs.WallQuantile(0.99) * 1e3,
                TickCpuP50Us = _pipeline.Costs.CpuQuantile(0.5) * 1e6,
                Access = _setup.Template.Access.ToString(),
                LastMove = _lastMove,
            };
        }
    }

    /// <summary>Looks after idleness, about once a second (<see cref="IdleWatch"/>).</summary>
    /// <returns>Whether the room is to be closed now.</returns>
    public bool IsOver()
    {
        lock (_lock)
            return _status == RoomStatus.Closed || _idle.Look(_world.Players.Places == 0 && _subscribers.Receiving == 0, ref _status);
    }

    /// <summary>Stops the room where it is: no tick and no frame after this, though its state can still be captured. For good.</summary>
    /// <param name="timeout">Longest wait for a tick that runs.</param>
    /// <returns>False when a tick still ran: the room sends nothing any more, but its state is not whole.</returns>
    public bool Freeze(TimeSpan timeout)
    {
        _frozen = true;
        _subscribers.Stop();
        if (!Monitor.TryEnter(_lock, timeout))
            return false;
        Monitor.Exit(_lock);
        return true;
    }

    /// <summary>Everything that is needed to go on elsewhere. Only after <see cref="Freeze"/>. Allocates.</summary>
    /// <param name="nextDeadline">UTC at which the next tick is due.</param>
    public RoomState Capture(DateTimeOffset nextDeadline)
    {
        lock (_lock)
        {
            var sequences = new List<GatewaySequence>();
            var pending = new List<Command>();
            _mailbox.Capture(sequences, pending);
            return new RoomState
            {
                World = _world,
                Epoch = _setup.Epoch,
                Template = _setup.TemplateName,
                Seq = _pipeline.Context.Newest.Seq,
                DurableTick = _pipeline.Context.Newest.DurableTick,
                Status = _status,
                IdleFor = _idle.IdleFor,
                Subscribers = _subscribers.Capture(),
                Sequences = sequences,
                Pending = pending,
                Frames = _pipeline.Context.Frames.Capture(),
                Ships = Reports.Capture(),
                Lineage = _lineage.Starts,
                Move = new MoveStamp(_setup.Silo, _lastTick, nextDeadline),
            };
        }
    }

    /// <summary>Ends the room: no tick and no frame after this. Closing twice is harmless.</summary>
    public void Close()
    {
        lock (_lock)
        {
            if (_status == RoomStatus.Closed)
                return;
            _status = RoomStatus.Closed;
        }

        _metrics.Untrack(_pipeline.Figures);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Room {Room} moved from {From}: {Gap} ms between its ticks, goes on with tick {Tick}")]
    private static partial void LogMoved(ILogger logger, string room, string from, double gap, ulong tick);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Gateway {Gateway} is gone from room {Room}")]
    private static partial void LogGone(ILogger logger, GatewayId gateway, string room);

    private void Restore(RoomState state)
    {
        _status = state.Status;
        _mailbox.Restore(state.Sequences, state.Pending);
        foreach (var subscriber in state.Subscribers)
            _subscribers.Restore(subscriber);
        _pipeline.Restore(state.Seq, state.DurableTick, state.Frames);
        Reports.Restore(state.Ships);
        _arriving = state.Move;
    }

    private void NoteArrival(MoveStamp move)
    {
        _arriving = null;
        _lastMove = new RoomMove(move.From, _setup.Silo, Math.Max(0, (_lastTick - move.LastTick).TotalMilliseconds), _world.Tick);
        _metrics.MoveGap.Record(_lastMove.GapMs * 1e-3);
        LogMoved(_logger, _setup.Name, move.From, _lastMove.GapMs, _world.Tick);
    }

    private void LetSilentGatewaysGo()
    {
        _gone.Clear();
        _subscribers.Sweep(_gone);
        foreach (var gateway in _gone)
        {
            // In the same hold of the lock as the tick that applies it: a gateway that subscribes later finds its sequence at 0.
            _mailbox.Forget(gateway);
            _mailbox.Post(new Command { Kind = CommandKind.GatewayGone, GoneGateway = gateway });
            LogGone(_logger, gateway, _setup.Name);
        }
    }

    // Only a tick with an event or a despawn moves a ship to or from a player; places end quietly, so they are looked at once a second.
    private void NoteShips()
    {
        var changes = _pipeline.Context.Changes;
        if (changes.Events.Count > 0
            || (changes.Entities.Count > 0 && changes.Entities[0].Kind == EntityChangeKind.Despawned)
            || _world.Tick % (ulong)_setup.TickRate == 0)
        {
            Reports.Note(_world.Players, IsPlayer);
        }
    }

    private static bool IsPlayer(PlayerId player) => !DemoPilots.IsPilot(player);
}
