// Close reasons in words.
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Events;
using Aetheris.Protocol.Link;

namespace Aetheris.Gateway.Connections;

/// <summary>What a person reads, and how rooms' reasons translate.</summary>
public static class CloseText
{
    /// <summary>The words for a reason.</summary>
    public static string Of(CloseReason reason) => reason switch
    {
        CloseReason.None => "The connection is over.",
        CloseReason.Quit => "You left.",
        CloseReason.BadToken => "The connect token is not valid; ask for a match again.",
        CloseReason.ExpiredToken => "The token has expired; sign in or ask for a match again.",
        CloseReason.UsedToken => "The connect token was used before; ask for a match again.",
        CloseReason.UnsupportedVersion => "This gateway does not serve the client's version.",
        CloseReason.Full => "There is no free place.",
        CloseReason.Policy => "The room's access policy does not let you in.",
        CloseReason.Replaced => "You connected again from elsewhere.",
        CloseReason.Revoked => "Your session was ended.",
        CloseReason.Timeout => "The connection was silent for too long.",
        CloseReason.Violation => "The client sent too much or broke the protocol.",
        CloseReason.GoingAway => "The gateway is stopping; connect again.",
        CloseReason.RoomUnavailable => "The room cannot be reached; try again.",
        CloseReason.RoomClosing => "The room is closing.",
        CloseReason.Idle => "The session was idle for too long; connect again.",
        _ => "The connection is over.",
    };

    /// <summary>What a room is told when a connection ends.</summary>
    public static LeaveReason ToLeave(CloseReason reason) => reason switch
    {
        CloseReason.Quit => LeaveReason.Quit,
        CloseReason.Replaced => LeaveReason.Replaced,
        CloseReason.Revoked => LeaveReason.Revoked,
        CloseReason.ExpiredToken => LeaveReason.Expired,
        _ => LeaveReason.Lost,
    };

    /// <summary>What the metrics call the end of a session; null for an end that is not the session's.</summary>
    public static string? ToRevocation(CloseReason reason) => reason switch
    {
        CloseReason.Revoked => "revoked",
        CloseReason.ExpiredToken => "expired",
        CloseReason.Replaced => "replaced",
        CloseReason.Idle => "idle",
        _ => null,
    };

    /// <summary>What a client is told when the room ended its connection.</summary>
    public static CloseReason FromLeave(LeaveReason reason) => reason switch
    {
        LeaveReason.Quit => CloseReason.Quit,
        LeaveReason.Replaced or LeaveReason.ChangedRoom => CloseReason.Replaced,
        LeaveReason.Revoked => CloseReason.Revoked,
        LeaveReason.Expired => CloseReason.ExpiredToken,
        _ => CloseReason.RoomUnavailable,
    };

    /// <summary>What a client is told when the room refused it.</summary>
    public static CloseReason FromRefusal(JoinRefusal refusal) => refusal switch
    {
        JoinRefusal.Full => CloseReason.Full,
        JoinRefusal.Policy => CloseReason.Policy,
        JoinRefusal.Closing => CloseReason.RoomClosing,
        JoinRefusal.Stale => CloseReason.Replaced,
        _ => CloseReason.RoomUnavailable,
    };
}
