// One room: its pipeline, subscribers and stage of life behind one lock, without Orleans' runtime.
using Aetheris.Grains.Demo;
using Aetheris.Grains.Interfaces.Rooms;
using Aetheris.Grains.Interfaces.Tracing;
using Aetheris.Grains.Metrics;
using Aetheris.Grains.Pipeline;
using Aetheris.Grains.Recovery;
using Aetheris.Grains.Shard;
using Aetheris.Grains.Storage;
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
    private readonly RoomKeeper? _keeper;
    private readonly TickGate _gate;
    private readonly GrainMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private RoomStatus _status = RoomStatus.Active;
    private volatile bool _frozen;
    private volatile bool _isOver;
    private MoveStamp? _arriving;
    private DateTimeOffset _lastTick;
    private RoomMove? _lastMove;
    private RecoveredEvents? _recovered;
    private uint _askedFor;
    private bool _isBroken;
    private bool _commandFaultIsKnown;

    /// <summary>Opens a room; it ticks when a clock calls it.</summary>
    /// <param name="setup">Facts of the room.</param>
    /// <param name="definition">Rules.</param>
    /// <param name="metrics">Instruments.</param>
    /// <param name="time">Time for silence and idleness.</param>
    /// <param name="logger">Log.</param>
    /// <param name="state">What it begins with; null for a new room.</param>
    /// <param name="keeper">Stores it; null for a room without storage.</param>
    public Room(
        RoomSetup setup, WorldDefinition definition, GrainMetrics metrics, TimeProvider time, ILogger logger, RoomState? state = null, RoomKeeper? keeper = null)
    {
        _setup = setup;
        _metrics = metrics;
        _time = time;
        _logger = logger;
        _world = state?.World
            ?? new RoomWorld(definition, setup.CreateSettings());
        _mailbox = new RoomMailbox(metrics);
        _subscribers = new SubscriberSet(time, metrics, logger);
        _pipeline = new TickPipeline(new TickContext(_world, _mailbox, setup.Epoch, metrics, setup.HistoryTicks));
        _pipeline.Context.Sinks.Add(_subscribers);
        _lineage = new RoomLineage(state?.Lineage ?? [], new EpochStart(setup.Epoch, _world.Tick));
        _idle = new IdleWatch(time, TimeSpan.FromSeconds(setup.Template.IdleCloseSeconds), state?.IdleFor);
        _keeper = keeper;
        _gate = new TickGate(time, keeper, _subscribers, setup.Epoch);
        _pilots = setup.Pilots > 0 ? new DemoPilots(setup.Pilots, _world.Players) : null;
        Reports = new ShipReports(metrics);
        Kills.Learn(_world.Players);
        if (state is not null)
            Restore(state);
        else
            PostStress(setup.Template.Stress);
        metrics.Track(_pipeline.Figures);
    }

    /// <summary>Called once, on a clock thread, when the room's tick threw; it does not tick again.</summary>
    public Action? Faulted { get; set; }

    /// <summary>Possession that sessions are to hear of.</summary>
    public ShipReports Reports { get; }

    /// <summary>Kills that the shard is to hear of.</summary>
    public KillFeed Kills { get; } = new();

    /// <inheritdoc />
    public void Tick(in TickMoment moment)
    {
        lock (_lock)
        {
            if (_status == RoomStatus.Closed || _frozen || !_gate.MayTick())
                return;
            _lastTick = _time.GetUtcNow();
            LetSilentGatewaysGo();
            _pilots?.Fly(_world.Tick + 1, _mailbox);
            _pipeline.Context.DurableTick = _keeper?.DurableTick;
            RunTick();
            NoteCommandFault();
            Store();
            NoteShips();
            Kills.Note(_world.Tick, _pipeline.Context.Changes.Events, _world.Players);
            if (_arriving is not null)
                NoteArrival(_arriving);
        }
    }

    /// <inheritdoc />
    public void OnFault(Exception exception)
    {
        // Half a tick is in the world: storage and gateways know better.
        _isBroken = true;
        Close();
        Faulted?.Invoke();
    }

    /// <inheritdoc />
    public override string ToString() => _setup.Name;

    /// <summary>Logs the end of a player's connection with the next tick.</summary>
    public void Expel(PlayerId player, ConnectionEpoch connection, LeaveReason reason) =>
        _mailbox.Post(new Command { Kind = CommandKind.Leave, Player = player, Connection = connection, Reason = reason });

    /// <summary>Ends the connection of every player with the next tick: an imported room has their ships, but no gateway of theirs.</summary>
    public void LetPlayersGo()
    {
        lock (_lock)
        {
            for (var i = 0; i < _world.Players.Count; i++)
            {
                ref readonly var player = ref _world.Players[i];
                if (player.Connected && player.Gateway != GatewayId.None)
                    Expel(player.Player, player.Connection, LeaveReason.Lost);
            }
        }
    }

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

    /// <summary>Ends the room: no tick and no frame after this. Closing twice is harmless.</summary>
    public void Close()
    {
        lock (_lock)
        {
            if (_status == RoomStatus.Closed)
                return;
            _status = RoomStatus.Closed;
            _isOver = true;
        }

        _metrics.Untrack(_pipeline.Figures);
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Gateway {Gateway} is gone from room {Room}")]
    private static partial void LogGone(ILogger logger, GatewayId gateway, string room);

    [LoggerMessage(Level = LogLevel.Error, Message = "Room {Room}: the rule of a command threw; the command is given up. Further ones of this room are only counted in aetheris_room_command_faults_total.")]
    private static partial void LogCommandFault(ILogger logger, string room, Exception exception);

    private void NoteCommandFault()
    {
        if (_commandFaultIsKnown || _world.LastCommandFault is not { } fault)
            return;
        _commandFaultIsKnown = true;
        LogCommandFault(_logger, _setup.Name, fault);
    }

    private void RunTick()
    {
        if (!Spans.AreHeard || (_world.Tick + 1) % Spans.TickPeriod != 0)
        {
            _pipeline.Tick();
            return;
        }

        var span = Spans.Begin("aetheris.tick");
        span?.SetTag("aetheris.room", _setup.Name);
        span?.SetTag("aetheris.tick", (long)_world.Tick + 1);
        using (Spans.Enter(span))
            _pipeline.Tick();
        Spans.End(span);
    }

    private void PostStress(int entities)
    {
        for (; entities > 0; entities -= StressTestRule.MaxCount)
            _mailbox.Post(new Command { Kind = CommandKind.StressTest, Privileged = true, Count = (ushort)Math.Min(entities, StressTestRule.MaxCount), Rotate = true });
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
