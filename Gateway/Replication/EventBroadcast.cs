// The reliable events of one tick as messages: one for everybody, and one each for players who are addressed.
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Events;
using Aetheris.Protocol.Identity;
using Aetheris.Protocol.Link;
using Aetheris.World;

namespace Aetheris.Gateway.Replication;

/// <summary>Events of a tick; despawns are events to clients although frames list them apart.</summary>
public sealed class EventBroadcast
{
    private readonly List<RoomEvent> _events = [];
    private readonly HashSet<PlayerId> _addressed = [];
    private readonly DatagramList _shared = new();
    private readonly DatagramList _own = new();
    private uint _epoch;
    private ulong _tick;

    /// <summary>Whether anything happened.</summary>
    public bool IsEmpty => _events.Count == 0;

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _events.Clear();
        _addressed.Clear();
        _shared.Clear();
    }

    /// <summary>Takes a tick's events and despawns.</summary>
    public void Encode(List<RoomEvent> events, IReadOnlyList<EntityChange> changes, uint epoch, ulong tick)
    {
        _epoch = epoch;
        _tick = tick;
        foreach (var roomEvent in events)
        {
            _events.Add(roomEvent);
            if (!roomEvent.To.IsNone)
                _addressed.Add(roomEvent.To);
        }

        for (var i = 0; i < changes.Count; i++)
        {
            var change = changes[i];
            if (change.Kind == EntityChangeKind.Despawned)
                _events.Add(new RoomEvent { Kind = RoomEventKind.Despawned, Tick = tick, Entity = change.Id });
        }

        if (_events.Count > 0)
            Write(_shared, PlayerId.None, ConnectionEpoch.None);
    }

    /// <summary>The messages for one connection; valid until the next call.</summary>
    public DatagramList For(PlayerId player, ConnectionEpoch connection)
    {
        if (!_addressed.Contains(player))
            return _shared;
        _own.Clear();
        Write(_own, player, connection);
        return _own;
    }

    private void Write(DatagramList into, PlayerId player, ConnectionEpoch connection)
    {
        ByteWriter writer = into.Writer;
        var position = 0;
        var count = 0;
        foreach (var roomEvent in _events)
        {
            if (!IsFor(in roomEvent, player, connection))
                continue;
            if (count == 0)
                position = EventBatch.WriteHead(writer, _epoch, _tick);
            roomEvent.Write(writer);
            if (++count < EventBatch.MaxEvents)
                continue;
            EventBatch.PatchCount(writer, position, (ushort)count);
            into.End();
            count = 0;
        }

        if (count == 0)
            return;
        EventBatch.PatchCount(writer, position, (ushort)count);
        into.End();
    }

    private static bool IsFor(in RoomEvent roomEvent, PlayerId player, ConnectionEpoch connection) =>
        roomEvent.To.IsNone
        || (roomEvent.To == player && (roomEvent.Connection == ConnectionEpoch.None || roomEvent.Connection == connection));
}
