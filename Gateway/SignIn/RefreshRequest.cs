// Body of a refresh and of a logout.
namespace Aetheris.Gateway.SignIn;

/// <summary>The newest refresh token.</summary>
/// <param name="RefreshToken">As the last sign-in or refresh answered.</param>
public sealed record RefreshRequest(string? RefreshToken);
