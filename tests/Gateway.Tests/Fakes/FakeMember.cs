// A connection in a room that only remembers.
using Aetheris.Gateway.Replication;
using Aetheris.Gateway.Rooms;
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Events;
using Aetheris.Protocol.Identity;
using Aetheris.Protocol.Link;

namespace Aetheris.Gateway.Tests.Fakes;

internal sealed class FakeMember(ulong number) : IRoomMember
{
    public PlayerId Player { get; } = new(0, number);

    public ConnectionEpoch Connection { get; } = new(1);

    public Audience Codec => Audience.Codec1;

    public bool HasJoined { get; private set; }

    public List<ulong> Ticks { get; } = [];

    /// <summary>Epoch and tick of every frame and image.</summary>
    public List<(uint Epoch, ulong Tick)> Frames { get; } = [];

    public List<RoomEventKind> Events { get; } = [];

    public int Pauses { get; private set; }

    public CloseReason? Lost { get; private set; }

    public Command CreateJoin() => new() { Kind = CommandKind.Join, Player = Player, Connection = Connection, Name = "p" };

    public void OnEvent(in RoomEvent roomEvent)
    {
        Events.Add(roomEvent.Kind);
        HasJoined |= roomEvent.Kind == RoomEventKind.Joined;
    }

    public void OnFrame(RoomBroadcast broadcast)
    {
        Ticks.Add(broadcast.Tick);
        Frames.Add((broadcast.Epoch, broadcast.Tick));
    }

    public void OnPause() => Pauses++;

    public void OnRoomLost(CloseReason reason, string text) => Lost = reason;
}
