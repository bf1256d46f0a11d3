// What a token's holder may do.
namespace Aetheris.Auth.Tokens;

/// <summary>Values of the <c>role</c> claim.</summary>
public static class PlayerRole
{
    /// <summary>Plays.</summary>
    public const string Player = "player";

    /// <summary>Operates: admin routes and privileged commands.</summary>
    public const string Admin = "admin";

    /// <summary>Whether a text is a role.</summary>
    public static bool IsKnown(string? role) => role is Player or Admin;
}
