// A number for one sign-in at a provider.
namespace Aetheris.Gateway.SignIn.Oidc;

/// <summary>What a client passes on.</summary>
/// <param name="NonceId">Names the nonce at the login.</param>
/// <param name="Nonce">Goes into the request to the provider, which puts it into the ID token.</param>
/// <param name="ExpiresAt">When it ends.</param>
public sealed record NonceAnswer(string NonceId, string Nonce, DateTimeOffset ExpiresAt);
