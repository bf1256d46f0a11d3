// Body of a request for a code.
namespace Aetheris.Gateway.SignIn.Email;

/// <summary>Who wants a code.</summary>
/// <param name="Email">Their address.</param>
public sealed record CodeRequest(string? Email);
