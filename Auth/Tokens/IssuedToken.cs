// A token just made.
namespace Aetheris.Auth.Tokens;

/// <summary>A token and its end. Printing it shows only the end.</summary>
/// <param name="Token">The compact JWT: a secret.</param>
/// <param name="ExpiresAt">When it ends, to the second.</param>
public sealed record IssuedToken(string Token, DateTimeOffset ExpiresAt)
{
    /// <inheritdoc />
    public override string ToString() => $"token until {ExpiresAt:O}";
}
