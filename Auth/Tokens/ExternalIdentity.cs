// Who somebody is here who proved elsewhere who they are.
using System.Security.Cryptography;
using System.Text;
using Aetheris.Protocol.Identity;

namespace Aetheris.Auth.Tokens;

/// <summary>The original's rule (CONTROL_PLANE §1, player id), so that accounts survive a change of the server.</summary>
public static class ExternalIdentity
{
    /// <summary>Method of sign-ins by a code in an e-mail; other methods are names of OIDC providers.</summary>
    public const string Email = "email";

    /// <summary>First 16 bytes of SHA-256("aetheris:" method ":" identifier).</summary>
    /// <param name="method">How they proved it: "email", or the provider's configured name such as "google".</param>
    /// <param name="identifier">Normalised e-mail address, or the provider's subject.</param>
    public static PlayerId PlayerOf(string method, string identifier) =>
        PlayerId.FromBytes(SHA256.HashData(Encoding.UTF8.GetBytes($"aetheris:{method}:{identifier}")).AsSpan(0, 16));
}
