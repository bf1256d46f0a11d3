// An issuer of accounts that we take.
namespace Aetheris.Gateway.SignIn.Oidc;

/// <summary>One provider: section <c>Oidc:name</c> of sign-in.</summary>
public sealed class OidcProviderOptions
{
    /// <summary>Issuer URL, such as <c>https://accounts.google.com</c>: keys come from its discovery document.</summary>
    public string Issuer { get; set; } = string.Empty;

    /// <summary>Our client id there: the audience of the ID tokens.</summary>
    public string ClientId { get; set; } = string.Empty;
}
