// Why a connection is refused or closed, in words a client can show.
namespace Aetheris.Protocol.Link;

/// <summary>Reason in Reject and Close messages.</summary>
public enum CloseReason : byte
{
    /// <summary>No reason: the peer just leaves.</summary>
    None = 0,

    /// <summary>The client asked to leave: its ship goes at once.</summary>
    Quit = 1,

    /// <summary>No connect token, or one that is not ours.</summary>
    BadToken = 2,

    /// <summary>The token has expired; match again.</summary>
    ExpiredToken = 3,

    /// <summary>The connect token was used before; match again.</summary>
    UsedToken = 4,

    /// <summary>The client's link version or codec is not served here.</summary>
    UnsupportedVersion = 5,

    /// <summary>No free place in the room or at the gateway.</summary>
    Full = 6,

    /// <summary>The room's access policy says no.</summary>
    Policy = 7,

    /// <summary>The same player connected again elsewhere.</summary>
    Replaced = 8,

    /// <summary>The session was revoked.</summary>
    Revoked = 9,

    /// <summary>The peer was silent, or did not finish a step in time.</summary>
    Timeout = 10,

    /// <summary>The peer broke the protocol or its budget.</summary>
    Violation = 11,

    /// <summary>The gateway is draining or stopping; reconnect.</summary>
    GoingAway = 12,

    /// <summary>The room cannot be reached; try again.</summary>
    RoomUnavailable = 13,

    /// <summary>The room is closing.</summary>
    RoomClosing = 14,

    /// <summary>The client sent nothing for an hour; sign in again.</summary>
    Idle = 15,
}
