// One public key of the key set.
namespace Aetheris.Gateway.SignIn;

/// <summary>RFC 7517: a P-256 key for ES256.</summary>
/// <param name="Kid">Its name in token headers.</param>
/// <param name="X">First coordinate, base64url.</param>
/// <param name="Y">Second coordinate, base64url.</param>
/// <param name="Kty">Always EC.</param>
/// <param name="Crv">Always P-256.</param>
/// <param name="Use">Always sig.</param>
/// <param name="Alg">Always ES256.</param>
public sealed record JwkAnswer(string Kid, string X, string Y, string Kty = "EC", string Crv = "P-256", string Use = "sig", string Alg = "ES256");
