// Answer to every sign-in and refresh.
namespace Aetheris.Gateway.SignIn;

/// <summary>An access token, and what fetches the next one.</summary>
/// <param name="Token">Bearer token.</param>
/// <param name="ExpiresAt">When it ends.</param>
/// <param name="RefreshToken">Good for one <c>POST /api/auth/refresh</c>: a secret to keep.</param>
/// <param name="RefreshExpiresAt">When the sign-in has to be done anew.</param>
/// <param name="Player">Who signed in.</param>
/// <param name="Name">Name to show.</param>
/// <param name="ExpiresInSeconds">Life of the access token from now on, for clients whose clock is wrong.</param>
public sealed record SignInAnswer(
    string Token, DateTimeOffset ExpiresAt, string RefreshToken, DateTimeOffset RefreshExpiresAt, string Player, string Name, int ExpiresInSeconds);
