// Answer to a guest sign-in.
namespace Aetheris.Gateway.Http;

/// <summary>An access token.</summary>
/// <param name="Token">Bearer token.</param>
/// <param name="ExpiresAt">When it ends.</param>
public sealed record GuestAnswer(string Token, DateTimeOffset ExpiresAt);
