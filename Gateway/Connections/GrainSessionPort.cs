// Sessions as grains.
using Aetheris.Grains.Interfaces.Sessions;
using Aetheris.Protocol.Identity;

namespace Aetheris.Gateway.Connections;

/// <summary>Reaches <see cref="ISessionGrain"/>.</summary>
public sealed class GrainSessionPort(IGrainFactory grains) : ISessionPort
{
    /// <inheritdoc />
    public Task<SessionLease> ClaimAsync(PlayerId player, SessionClaim claim) => Of(player).ClaimAsync(claim);

    /// <inheritdoc />
    public Task<SessionLease> CheckAsync(PlayerId player, ConnectionEpoch connection, SessionClaim claim) => Of(player).CheckAsync(connection, claim);

    /// <inheritdoc />
    public Task<SessionLease> RenewAsync(PlayerId player, ConnectionEpoch connection, SessionClaim claim) => Of(player).RenewAsync(connection, claim);

    /// <inheritdoc />
    public Task ReleaseAsync(PlayerId player, ConnectionEpoch connection) => Of(player).ReleaseAsync(connection);

    private ISessionGrain Of(PlayerId player) => grains.GetGrain<ISessionGrain>(player.ToString());
}
