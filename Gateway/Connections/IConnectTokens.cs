// Opens connect tokens, and verifies access tokens away from the edge thread.
using Aetheris.Auth.Connect;
using Aetheris.Auth.Tokens;

namespace Aetheris.Gateway.Connections;

/// <summary>Connect tokens: opened, used once.</summary>
public interface IConnectTokens
{
    /// <summary>Opens the sealed part of a token, as UDP clients show it; takes microseconds.</summary>
    TokenResult<SealedIdentity> Open(ReadOnlySpan<byte> sealedPart);

    /// <summary>Verifies a whole token, as WebSocket clients show it.</summary>
    Task<TokenResult<SealedIdentity>> VerifyAsync(string token);

    /// <summary>Verifies an access token that a live connection presents; a signature check takes longer than the edge thread may spend.</summary>
    Task<TokenResult<AccessClaims>> VerifyAccessAsync(string token);

    /// <summary>Whether a token was used before.</summary>
    bool IsUsed(ConnectClaims claims);

    /// <summary>Marks a verified token as used; false when it was used before.</summary>
    bool TryUse(ConnectClaims claims);
}
