// Body of a sign-in by an account elsewhere.
namespace Aetheris.Gateway.SignIn.Oidc;

/// <summary>What the provider gave to the client.</summary>
/// <param name="NonceId">As the nonce's answer said.</param>
/// <param name="IdToken">The ID token.</param>
/// <param name="Provider">Its name; not needed while there is one only.</param>
/// <param name="Name">Name to show; without one the account's, or one made from the player id.</param>
public sealed record OidcLogin(string? NonceId, string? IdToken, string? Provider = null, string? Name = null);
