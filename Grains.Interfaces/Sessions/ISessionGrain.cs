// One player's session: a single activation decides which connection is live.
using Aetheris.Grains.Interfaces.Calls;
using Aetheris.Protocol.Identity;

namespace Aetheris.Grains.Interfaces.Sessions;

/// <summary>A session, keyed by the player id's text form. Which ship a player owns is decided by World; this only remembers the last report.</summary>
[Alias("aetheris.session")]
public interface ISessionGrain : IGrainWithStringKey
{
    /// <summary>
    /// A gateway has checked a token and asks for the connection: the newer claim wins and gets a higher connection epoch than any before.
    /// A claim for another room makes the player leave the old one.
    /// </summary>
    [Alias("claim"), ByTurns]
    Task<SessionLease> ClaimAsync(SessionClaim claim);

    /// <summary>A gateway's connection is over; ignored unless it is the live one.</summary>
    [Alias("release")]
    Task ReleaseAsync(ConnectionEpoch connection);

    /// <summary>Refreshes a lease (the seed's 60-tick check): still live, not revoked, not expired?</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="claim">What its lease rests on: a session that lost its memory takes the living connection back.</param>
    [Alias("check"), ByTurns]
    Task<SessionLease> CheckAsync(ConnectionEpoch connection, SessionClaim claim);

    /// <summary>A newer token of the same player on the live connection takes the place of the one the lease came from.</summary>
    /// <param name="connection">The connection; refused unless it is the live one.</param>
    /// <param name="claim">What the new token says.</param>
    [Alias("renew")]
    Task<SessionLease> RenewAsync(ConnectionEpoch connection, SessionClaim claim);

    /// <summary>A room reports the player's ship; older room epochs are ignored.</summary>
    /// <param name="room">The room.</param>
    /// <param name="roomEpoch">Its epoch.</param>
    /// <param name="ship">The ship; none for a spectator, a dead pilot and one who is gone.</param>
    /// <param name="hasPlace">Whether the player takes a place of the room, with or without a ship.</param>
    [Alias("report")]
    Task ReportShipAsync(string room, uint roomEpoch, NetworkId ship, bool hasPlace);

    /// <summary>Ends the session everywhere. Tokens issued before are refused.</summary>
    [Alias("revoke")]
    Task RevokeAsync();

    /// <summary>Bans the player, or lifts the ban with null: the session ends, and nothing of theirs is accepted while the ban holds. <see cref="IBanListGrain"/> calls it.</summary>
    [Alias("ban")]
    Task BanAsync(Ban? ban);

    /// <summary>Whether the player's tokens are worth something.</summary>
    [Alias("standing"), ByTurns]
    Task<SessionStanding> GetStandingAsync();

    /// <summary>An operator has looked and found nothing: the suspicion starts over.</summary>
    [Alias("clear-suspicion")]
    Task ClearSuspicionAsync();

    /// <summary>What is known.</summary>
    [Alias("info")]
    Task<SessionInfo> GetInfoAsync();
}
