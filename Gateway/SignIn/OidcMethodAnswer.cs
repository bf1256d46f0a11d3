// One provider of accounts.
namespace Aetheris.Gateway.SignIn;

/// <summary>What a client needs to fetch an ID token for us.</summary>
/// <param name="Provider">Name for the login.</param>
/// <param name="Issuer">Its issuer URL, where discovery begins.</param>
/// <param name="ClientId">Our client id there.</param>
/// <param name="Authorize">Where a browser is sent to sign in there; null while the issuer cannot be reached.</param>
public sealed record OidcMethodAnswer(string Provider, string Issuer, string ClientId, string? Authorize);
