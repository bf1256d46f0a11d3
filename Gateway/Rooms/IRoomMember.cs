// What a room link knows of a connection that is in its room.
using Aetheris.Gateway.Replication;
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Events;
using Aetheris.Protocol.Identity;
using Aetheris.Protocol.Link;

namespace Aetheris.Gateway.Rooms;

/// <summary>A connection in a room. Called on the edge thread.</summary>
public interface IRoomMember
{
    /// <summary>Who it is.</summary>
    PlayerId Player { get; }

    /// <summary>Which of their connections.</summary>
    ConnectionEpoch Connection { get; }

    /// <summary>The codec that the client reads.</summary>
    Audience Codec { get; }

    /// <summary>Whether the room has let them in.</summary>
    bool HasJoined { get; }

    /// <summary>The command that brings them in, again if need be.</summary>
    Command CreateJoin();

    /// <summary>An event addressed to this member, before the tick's state is sent.</summary>
    void OnEvent(in RoomEvent roomEvent);

    /// <summary>The tick's state and events are ready to be sent.</summary>
    void OnFrame(RoomBroadcast broadcast);

    /// <summary>The room is silent.</summary>
    void OnPause();

    /// <summary>The room is out of reach or refuses this gateway.</summary>
    void OnRoomLost(CloseReason reason, string text);
}
