// Why a player's connection to a room ended.
namespace Aetheris.Protocol.Commands;

/// <summary>Why a player leaves a room.</summary>
public enum LeaveReason : byte
{
    /// <summary>The connection was lost: the ship waits for the grace period.</summary>
    Lost = 0,

    /// <summary>The player left on purpose: the ship goes at once.</summary>
    Quit = 1,

    /// <summary>The same player connected again elsewhere.</summary>
    Replaced = 2,

    /// <summary>The session was revoked: the ship goes at once.</summary>
    Revoked = 3,

    /// <summary>The session's token expired.</summary>
    Expired = 4,

    /// <summary>The gateway is gone: the ship waits for the grace period.</summary>
    GatewayGone = 5,

    /// <summary>The player moved to another room: the ship goes at once.</summary>
    ChangedRoom = 6,
}
