// Names and fixed values in our tokens.
namespace Aetheris.Auth.Tokens;

/// <summary>Claim names beyond the registered ones, issuer and audiences.</summary>
public static class TokenClaimNames
{
    /// <summary><c>iss</c> of every token.</summary>
    public const string Issuer = "aetheris";

    /// <summary><c>aud</c> of access tokens.</summary>
    public const string AccessAudience = "aetheris";

    /// <summary><c>aud</c> of connect tokens.</summary>
    public const string ConnectAudience = "aetheris-connect";

    /// <summary>Role of the holder.</summary>
    public const string Role = "role";

    /// <summary>Name to show.</summary>
    public const string Name = "name";

    /// <summary>Room of a connect token.</summary>
    public const string Room = "room";

    /// <summary>Watch only.</summary>
    public const string Spectate = "spectate";

    /// <summary>In a connect token: <c>jti</c> of the access token behind it.</summary>
    public const string AccessJti = "ajti";

    /// <summary>In a connect token: <c>iat</c> of the access token behind it.</summary>
    public const string AccessIssuedAt = "aiat";

    /// <summary>In a connect token: <c>exp</c> of the access token behind it.</summary>
    public const string AccessExpires = "aexp";
}
