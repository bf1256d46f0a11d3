// The issuers of accounts that we take.
using Aetheris.Auth;

namespace Aetheris.Gateway.SignIn.Oidc;

/// <summary>Section <c>Oidc</c> of sign-in: providers by name. The name is part of every player id that comes from it: it must never change.</summary>
public sealed class OidcOptions : Dictionary<string, OidcProviderOptions>
{
    /// <summary>Name of the section.</summary>
    public const string Section = AuthOptions.Section + ":Oidc";

    /// <summary>None.</summary>
    public OidcOptions()
        : base(StringComparer.OrdinalIgnoreCase)
    {
    }
}
