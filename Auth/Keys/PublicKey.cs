// A public key that our tokens may be verified with.
namespace Aetheris.Auth.Keys;

/// <summary>One key of the set at <c>/.well-known/jwks.json</c> (RFC 7517): P-256, for ES256 signatures.</summary>
/// <param name="KeyId">The <c>kid</c>: RFC 7638 thumbprint.</param>
/// <param name="X">First coordinate, base64url.</param>
/// <param name="Y">Second coordinate, base64url.</param>
public sealed record PublicKey(string KeyId, string X, string Y);
