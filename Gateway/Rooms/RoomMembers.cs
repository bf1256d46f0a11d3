// The connections in one room: what the room has for them and what it needs of them.
using Aetheris.Gateway.Replication;
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Events;
using Aetheris.Protocol.Identity;
using Aetheris.Protocol.Link;
using Aetheris.World;

namespace Aetheris.Gateway.Rooms;

/// <summary>Members may leave while they are called: every loop that calls them goes backwards, which keeps the rest in place.</summary>
internal sealed class RoomMembers
{
    private readonly List<IRoomMember> _members = [];

    /// <summary>Connections in the room.</summary>
    public IReadOnlyList<IRoomMember> All => _members;

    /// <summary>How many.</summary>
    public int Count => _members.Count;

    /// <summary>The codecs that they read.</summary>
    public Audience Audience
    {
        get
        {
            var audience = Audience.None;
            foreach (var member in _members)
                audience |= member.Codec;
            return audience;
        }
    }

    /// <summary>Adds a connection.</summary>
    public void Add(IRoomMember member) => _members.Add(member);

    /// <summary>Removes a connection; false when it is not here.</summary>
    public bool Remove(IRoomMember member) => _members.Remove(member);

    /// <summary>The Joins that bring everyone in again whom the room had let in.</summary>
    public void AddJoins(List<Command> commands)
    {
        foreach (var member in _members)
        {
            if (member.HasJoined)
                commands.Add(member.CreateJoin());
        }
    }

    /// <summary>Images may come without the missed events: who owns a ship on this connection was let in, though the frame that said so was missed.</summary>
    public void AddMissedJoins(RoomBroadcast broadcast, List<RoomEvent> events)
    {
        var replica = broadcast.Replica;
        foreach (var member in _members)
        {
            if (member.HasJoined || WasLetIn(member, events) || !replica.TryGetShip(member.Player, out var slot))
                continue;
            if (replica.Entities.Column(StandardComponents.Ownership)[slot].Connection != member.Connection.Value)
                continue;
            events.Add(new RoomEvent
            {
                Kind = RoomEventKind.Joined,
                Tick = broadcast.Tick,
                To = member.Player,
                Connection = member.Connection,
                Entity = replica.Entities.IdOf(slot),
            });
        }
    }

    /// <summary>The Joins of those whom neither the room nor the given events have let in.</summary>
    public void AddUnanswered(List<RoomEvent> events, List<Command> commands)
    {
        foreach (var member in _members)
        {
            if (!member.HasJoined && !WasLetIn(member, events))
                commands.Add(member.CreateJoin());
        }
    }

    /// <summary>Gives each member its events of a tick, then the tick.</summary>
    public void Deliver(List<RoomEvent> events, RoomBroadcast broadcast)
    {
        foreach (var roomEvent in events)
        {
            if (!roomEvent.To.IsNone)
                DeliverTo(roomEvent);
        }

        for (var i = _members.Count - 1; i >= 0; i--)
        {
            if (i < _members.Count)
                _members[i].OnFrame(broadcast);
        }
    }

    /// <summary>Tells everyone that the room is silent.</summary>
    public void Pause()
    {
        for (var i = _members.Count - 1; i >= 0; i--)
        {
            if (i < _members.Count)
                _members[i].OnPause();
        }
    }

    /// <summary>Tells everyone that the room is lost; nobody is left.</summary>
    public void Lose(CloseReason reason, string text)
    {
        for (var i = _members.Count - 1; i >= 0; i--)
        {
            if (i < _members.Count)
                _members[i].OnRoomLost(reason, text);
        }

        _members.Clear();
    }

    private static bool WasLetIn(IRoomMember member, List<RoomEvent> events) =>
        events.Exists(e => e.Kind == RoomEventKind.Joined && IsFor(member, in e));

    private static bool IsFor(IRoomMember member, in RoomEvent roomEvent) =>
        member.Player == roomEvent.To && (roomEvent.Connection == ConnectionEpoch.None || roomEvent.Connection == member.Connection);

    private void DeliverTo(in RoomEvent roomEvent)
    {
        for (var i = _members.Count - 1; i >= 0; i--)
        {
            if (i < _members.Count && IsFor(_members[i], in roomEvent))
                _members[i].OnEvent(in roomEvent);
        }
    }
}
