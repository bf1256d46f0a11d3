// Verifies connect tokens on the thread pool.
using Aetheris.Auth.Tokens;

namespace Aetheris.Gateway.Connections;

/// <summary>The keys' verifier and this process's used-set.</summary>
public sealed class ConnectTokens(TokenVerifier verifier, UsedTokens used) : IConnectTokens
{
    /// <inheritdoc />
    public Task<TokenResult<ConnectClaims>> VerifyAsync(string token) => Task.Run(() => verifier.VerifyConnect(token));

    /// <inheritdoc />
    public Task<TokenResult<AccessClaims>> VerifyAccessAsync(string token) => Task.Run(() => verifier.VerifyAccess(token));

    /// <inheritdoc />
    public bool TryUse(ConnectClaims claims) => used.TryUse(claims.Jti, claims.ExpiresAt);
}
