// One player's session: a single activation decides which connection is live.
using Aetheris.Protocol.Identity;

namespace Aetheris.Grains.Interfaces.Sessions;

/// <summary>A session, keyed by the player id's text form. Which ship a player owns is decided by World; this only remembers the last report.</summary>
[Alias("aetheris.session")]
public interface ISessionGrain : IGrainWithStringKey
{
    /// <summary>A gateway has checked a token and asks for the connection: the newer claim wins and gets the next connection epoch. A claim for another room makes the player leave the old one.</summary>
    [Alias("claim")]
    Task<SessionLease> ClaimAsync(SessionClaim claim);

    /// <summary>A gateway's connection is over; ignored unless it is the live one.</summary>
    [Alias("release")]
    Task ReleaseAsync(ConnectionEpoch connection);

    /// <summary>Refreshes a lease (the seed's 60-tick check): still live, not revoked, not expired?</summary>
    [Alias("check")]
    Task<SessionLease> CheckAsync(ConnectionEpoch connection);

    /// <summary>A room reports the player's ship; older room epochs are ignored.</summary>
    [Alias("report")]
    Task ReportShipAsync(string room, uint roomEpoch, NetworkId ship);

    /// <summary>Ends the session everywhere. Tokens issued before are refused.</summary>
    [Alias("revoke")]
    Task RevokeAsync();

    /// <summary>What is known.</summary>
    [Alias("info")]
    Task<SessionInfo> GetInfoAsync();
}
