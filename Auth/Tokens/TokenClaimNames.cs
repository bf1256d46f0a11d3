// Names and fixed values in our tokens.
namespace Aetheris.Auth.Tokens;

/// <summary>Claim names beyond the registered ones, issuer and audiences.</summary>
public static class TokenClaimNames
{
    /// <summary><c>iss</c> of every token.</summary>
    public const string Issuer = "aetheris";

    /// <summary><c>aud</c> of access tokens.</summary>
    public const string AccessAudience = "aetheris";

    /// <summary>Role of the holder.</summary>
    public const string Role = "role";

    /// <summary>Name to show.</summary>
    public const string Name = "name";
}
