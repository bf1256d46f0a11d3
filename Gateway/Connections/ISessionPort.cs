// What a connection needs of its player's session; a grain in production, a fake in tests.
using Aetheris.Grains.Interfaces.Sessions;
using Aetheris.Protocol.Identity;

namespace Aetheris.Gateway.Connections;

/// <summary>Sessions as a gateway reaches them. Calls never block; failures arrive in the tasks.</summary>
public interface ISessionPort
{
    /// <summary>Claims to be the player's live connection.</summary>
    Task<SessionLease> ClaimAsync(PlayerId player, SessionClaim claim);

    /// <summary>Refreshes a lease.</summary>
    Task<SessionLease> CheckAsync(PlayerId player, ConnectionEpoch connection, SessionClaim claim);

    /// <summary>Renews a lease with a newer token.</summary>
    Task<SessionLease> RenewAsync(PlayerId player, ConnectionEpoch connection, SessionClaim claim);

    /// <summary>Gives a lease back.</summary>
    Task ReleaseAsync(PlayerId player, ConnectionEpoch connection);
}
