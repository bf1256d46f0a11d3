// Verifies connect tokens away from the edge thread.
using Aetheris.Auth.Tokens;

namespace Aetheris.Gateway.Connections;

/// <summary>Connect tokens: verified asynchronously, used once.</summary>
public interface IConnectTokens
{
    /// <summary>Verifies a token; a signature check takes longer than the edge thread may spend.</summary>
    Task<TokenResult<ConnectClaims>> VerifyAsync(string token);

    /// <summary>Verifies an access token that a live connection presents.</summary>
    Task<TokenResult<AccessClaims>> VerifyAccessAsync(string token);

    /// <summary>Marks a verified token as used; false when it was used before.</summary>
    bool TryUse(ConnectClaims claims);
}
