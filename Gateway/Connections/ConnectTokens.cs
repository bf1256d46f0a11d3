// Connect tokens with the cluster's keys; access tokens on the thread pool.
using Aetheris.Auth.Connect;
using Aetheris.Auth.Tokens;
using Aetheris.Gateway.Edge;

namespace Aetheris.Gateway.Connections;

/// <summary>The keys' sealer and verifier, and this process's used-set.</summary>
public sealed class ConnectTokens(ConnectTokenSealer sealer, TokenVerifier verifier, UsedTokens used, GatewayIdentity gateway) : IConnectTokens
{
    /// <inheritdoc />
    public TokenResult<SealedIdentity> Open(ReadOnlySpan<byte> sealedPart) => sealer.Open(sealedPart, gateway.Id);

    /// <inheritdoc />
    public Task<TokenResult<SealedIdentity>> VerifyAsync(string token) => Task.FromResult(sealer.Open(token, gateway.Id));

    /// <inheritdoc />
    public Task<TokenResult<AccessClaims>> VerifyAccessAsync(string token) => Task.Run(() => verifier.VerifyAccess(token));

    /// <inheritdoc />
    public bool IsUsed(ConnectClaims claims) => used.IsUsed(claims.Jti);

    /// <inheritdoc />
    public bool TryUse(ConnectClaims claims) => used.TryUse(claims.Jti, claims.ExpiresAt);
}
