// Ways to sign in.
namespace Aetheris.Gateway.SignIn;

/// <summary>What a client may offer.</summary>
/// <param name="Guest">By name alone.</param>
/// <param name="Email">By a code in an e-mail.</param>
/// <param name="Oidc">By an account elsewhere.</param>
public sealed record MethodsAnswer(bool Guest, bool Email, IReadOnlyList<OidcMethodAnswer> Oidc);
