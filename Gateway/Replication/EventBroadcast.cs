// The reliable events of one tick as messages: one for everybody, and one each for players who are addressed.
using Aetheris.Protocol.Events;
using Aetheris.Protocol.Identity;
using Aetheris.World;

namespace Aetheris.Gateway.Replication;

/// <summary>Events of a tick; despawns are events to clients although frames list them apart.</summary>
public sealed class EventBroadcast
{
    private readonly List<RoomEvent> _events = [];
    private readonly HashSet<PlayerId> _addressed = [];
    private readonly EventMessages[] _forms = [new(EventForm.Link), new(EventForm.Codec1), new(EventForm.BesidesCodec1)];
    private uint _epoch;
    private ulong _tick;

    /// <summary>Whether anything happened.</summary>
    public bool IsEmpty => _events.Count == 0;

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _events.Clear();
        _addressed.Clear();
        foreach (var form in _forms)
            form.Clear();
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
    }

    /// <summary>The messages for one connection; valid until the next call.</summary>
    public DatagramList For(PlayerId player, ConnectionEpoch connection, EventForm form = EventForm.Link)
    {
        var messages = _forms[(int)form];
        return IsAddressed(player)
            ? messages.Own(_events, _epoch, _tick, player, connection)
            : messages.Shared(_events, _epoch, _tick);
    }

    /// <summary>Whether an event is for this player alone, so that its messages are not shared.</summary>
    public bool IsAddressed(PlayerId player) => _addressed.Contains(player);
}
