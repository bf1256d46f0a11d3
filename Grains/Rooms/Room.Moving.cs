// How a room is taken over, stored, frozen and carried.
using Aetheris.Grains.Interfaces.Rooms;
using Aetheris.Grains.Pipeline;
using Aetheris.Grains.Storage;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Identity;
using Microsoft.Extensions.Logging;

namespace Aetheris.Grains.Rooms;

/// <content>State in and out.</content>
public sealed partial class Room
{
    /// <summary>Whether the state can be trusted: false after a tick that threw.</summary>
    public bool IsWhole => !_isBroken;

    /// <summary>Whether storage has given the room to a later epoch: nothing of this one counts any more.</summary>
    public bool IsOvertaken { get; set; }

    /// <summary>Ends everything that the room sends and every further tick, without waiting; a tick that runs may end unheard.</summary>
    public void Silence()
    {
        _frozen = true;
        _subscribers.Stop();
        _keeper?.Stop();
    }

    /// <summary>Stops the room where it is: no tick and no frame after this, though its state can still be captured. For good.</summary>
    /// <param name="timeout">Longest wait for a tick that runs.</param>
    /// <returns>False when a tick still ran: the room sends nothing any more, but its state is not whole.</returns>
    public bool Freeze(TimeSpan timeout)
    {
        Silence();
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
                Log = _pipeline.Context.Log.Read(),
                Ships = Reports.Capture(),
                Lineage = _lineage.Starts,
                Move = new MoveStamp(_setup.Silo, _lastTick, nextDeadline),
                Storage = _keeper?.Marks ?? StorageMarks.None,
            };
        }
    }

    /// <summary>The last snapshot of a closed room. Only after <see cref="Freeze"/>. Allocates.</summary>
    /// <param name="tick">Its tick.</param>
    public byte[] CaptureSnapshot(out ulong tick)
    {
        lock (_lock)
        {
            tick = _world.Tick;
            var saved = new ByteWriter(16 * 1024);
            _world.Save(saved);
            var events = new ByteWriter();
            var eventsAfter = tick - Math.Min((ulong)FrameRing.Capacity, _pipeline.Context.Newest.Seq);
            if (!TryWriteEvents(eventsAfter, events))
            {
                events.Clear();
                events.WriteUInt16(0);
                eventsAfter = tick;
            }

            var snapshot = new ByteWriter(saved.Length + events.Length + 1024);
            WriteSnapshot(snapshot, saved.Written, closed: true, eventsAfter, events.Written);
            return snapshot.Written.ToArray();
        }
    }

    /// <summary>The whole room after its newest tick; null when it is closed or about to move. Allocates.</summary>
    public SavedRoom? Save()
    {
        lock (_lock)
        {
            // Half a tick may be in the world of a broken room.
            if (!IsServing || _isBroken)
                return null;
            var saved = new ByteWriter(16 * 1024);
            _world.Save(saved);
            var definition = _world.Definition;
            return new SavedRoom(
                _setup.Epoch, _world.Tick, _setup.TemplateName, definition.WorldVersion, definition.LayoutVersion, saved.Written.ToArray());
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Room {Room} moved from {From}: {Gap} ms between its ticks, goes on with tick {Tick}")]
    private static partial void LogMoved(ILogger logger, string room, string from, double gap, ulong tick);

    private void Restore(RoomState state)
    {
        _status = state.Status;
        _mailbox.Restore(state.Sequences, state.Pending);
        foreach (var subscriber in state.Subscribers)
            _subscribers.Restore(subscriber);
        _pipeline.Restore(state.Seq, state.DurableTick, state.Frames);
        foreach (var entry in state.Log)
            _pipeline.Context.Log.Add(entry.Epoch, entry.Tick, entry.StateHash, entry.Commands.Span);
        Reports.Restore(state.Ships);
        if (state.Move is { } move)
        {
            _arriving = move;
            _gate.SetPrevious(_time.GetUtcNow() - move.LastTick);
        }
        else
        {
            Recover(state);
        }
    }

    private void Recover(RoomState state)
    {
        _recovered = state.Recovered;
        foreach (var subscriber in state.Subscribers)
            _mailbox.Open(subscriber.Gateway, _world.Gateways.LastOf(subscriber.Gateway));
        for (var i = 0; i < _world.Players.Count; i++)
        {
            // A gateway that died with the silo: its players wait in their grace period once it is gone for good.
            ref readonly var player = ref _world.Players[i];
            if (player.Connected && player.Gateway != GatewayId.None && !_subscribers.TryGetAcknowledged(player.Gateway, out _, out _))
                _subscribers.Restore(new SubscriberState(player.Gateway, null, [], Receives: false, 0, 0));
        }

        _gate.HoldForAdoption();
    }

    private void NoteArrival(MoveStamp move)
    {
        _arriving = null;
        _lastMove = new RoomMove(move.From, _setup.Silo, Math.Max(0, (_lastTick - move.LastTick).TotalMilliseconds), _world.Tick);
        _metrics.MoveGap.Record(_lastMove.GapMs * 1e-3);
        LogMoved(_logger, _setup.Name, move.From, _lastMove.GapMs, _world.Tick);
    }

    // In the tick only bytes are copied; storage is written in the background.
    private void Store()
    {
        var context = _pipeline.Context;
        if (_keeper is null)
            return;
        var durable = _keeper.DurableTick;
        _pipeline.Figures.DurableLag = (long)(_world.Tick - Math.Min(durable, _world.Tick));
        if (context.SavedWorld.Length == 0 || !_keeper.TryBegin(out var buffer))
            return;
        WriteSnapshot(buffer, context.SavedWorld.Written, closed: false, _world.Tick, [0, 0]);
        _keeper.Commit(_world.Tick);
    }

    private void WriteSnapshot(ByteWriter into, ReadOnlySpan<byte> world, bool closed, ulong eventsAfter, ReadOnlySpan<byte> events)
    {
        var definition = _world.Definition;
        var head = new SnapshotHead(
            definition.WorldVersion,
            definition.LayoutVersion,
            closed,
            _setup.Epoch,
            _pipeline.Context.Newest.Seq,
            _world.Tick,
            eventsAfter,
            _setup.TemplateName);
        RoomSnapshot.Write(into, head, _lineage, _subscribers, events, world);
    }
}
