// The key set that verifies access tokens.
namespace Aetheris.Gateway.SignIn;

/// <summary>RFC 7517.</summary>
/// <param name="Keys">The signing key first.</param>
public sealed record JwksAnswer(IReadOnlyList<JwkAnswer> Keys);
