// One room: its pipeline, subscribers and stage of life behind one lock, without Orleans' runtime.
using Aetheris.Grains.Demo;
using Aetheris.Grains.Interfaces.Rooms;
using Aetheris.Grains.Metrics;
using Aetheris.Grains.Pipeline;
using Aetheris.Grains.Shard;
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
    private readonly GrainMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private RoomStatus _status = RoomStatus.Active;
    private long? _idleSince;

    /// <summary>Opens a room; it ticks when a clock calls it.</summary>
    /// <param name="setup">Facts of the room.</param>
    /// <param name="definition">Rules.</param>
    /// <param name="metrics">Instruments.</param>
    /// <param name="time">Time for silence and idleness.</param>
    /// <param name="logger">Log.</param>
    public Room(RoomSetup setup, WorldDefinition definition, GrainMetrics metrics, TimeProvider time, ILogger logger)
    {
        _setup = setup;
        _metrics = metrics;
        _time = time;
        _logger = logger;
        _world = new RoomWorld(definition, new RoomSettings { Capacity = (uint)setup.Template.Capacity, TickRate = (ushort)setup.TickRate });
        _mailbox = new RoomMailbox(metrics);
        _subscribers = new SubscriberSet(time, metrics, logger);
        _pipeline = new TickPipeline(new TickContext(_world, _mailbox, setup.Epoch, metrics, setup.HistoryTicks));
        _pipeline.Context.Sinks.Add(_subscribers);
        _pilots = setup.Pilots > 0 ? new DemoPilots(setup.Pilots) : null;
        Reports = new ShipReports(metrics);
        if (setup.Template.Stress > 0)
            _mailbox.Post(new Command { Kind = CommandKind.StressTest, Privileged = true, Count = (ushort)setup.Template.Stress, Rotate = true });
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
            if (_status == RoomStatus.Closed)
                return;
            LetSilentGatewaysGo();
            _pilots?.Fly(_world.Tick + 1, _mailbox);
            _pipeline.Tick();
            NoteShips();
            Kills.Note(_world.Tick, _pipeline.Context.Changes.Events, _world.Players);
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

    /// <summary>Starts or refreshes a gateway's frames.</summary>
    /// <returns>An image as of the newest frame; refused when the room is closed or has too many gateways.</returns>
    public RoomSubscription Subscribe(GatewayId gateway, IRoomObserver observer)
    {
        lock (_lock)
        {
            var last = _world.Gateways.LastOf(gateway);
            if (_status == RoomStatus.Closed || !_mailbox.Open(gateway, last))
                return new RoomSubscription(RoomStatus.Closed, [], 0, _setup.TickRate);
            _subscribers.Add(gateway, observer);
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
            };
        }
    }

    /// <summary>
    /// Looks after idleness, about once a second: an empty, unwatched room drains, so that no more matches lead to it, and closes at
    /// the next look. A player or gateway that comes meanwhile makes it active again.
    /// </summary>
    /// <returns>Whether the room is to be closed now.</returns>
    public bool IsOver()
    {
        lock (_lock)
        {
            var limit = _setup.Template.IdleCloseSeconds;
            if (limit == 0 || _status == RoomStatus.Closed)
                return _status == RoomStatus.Closed;
            if (_world.Players.Places > 0 || _subscribers.Receiving > 0)
            {
                _idleSince = null;
                _status = RoomStatus.Active;
                return false;
            }

            _idleSince ??= _time.GetTimestamp();
            if (_status == RoomStatus.Draining)
                return true;
            if (_time.GetElapsedTime(_idleSince.Value).TotalSeconds >= limit)
                _status = RoomStatus.Draining;
            return false;
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

    [LoggerMessage(Level = LogLevel.Debug, Message = "Gateway {Gateway} is gone from room {Room}")]
    private static partial void LogGone(ILogger logger, GatewayId gateway, string room);

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
