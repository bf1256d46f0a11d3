// Who an ID token says somebody is.
namespace Aetheris.Gateway.SignIn.Oidc;

/// <summary>The outcome of looking at an ID token.</summary>
/// <param name="Subject">The provider's own id of the person; null when the token is refused.</param>
/// <param name="Name">Their name there, if the token says.</param>
/// <param name="Refusal">Why, for the log; null when it is good.</param>
/// <param name="IsAway">Whether the provider could not be asked for its keys.</param>
public sealed record OidcIdentity(string? Subject, string? Name, string? Refusal = null, bool IsAway = false)
{
    /// <summary>A refused token.</summary>
    public static OidcIdentity Refuse(string why) => new(Subject: null, Name: null, why);

    /// <summary>Nobody knows.</summary>
    public static OidcIdentity Away(string why) => new(Subject: null, Name: null, why, IsAway: true);
}
