// Answer to a request for a code: the same for everybody.
namespace Aetheris.Gateway.SignIn.Email;

/// <summary>What to give back with the code.</summary>
/// <param name="RequestId">Names the request.</param>
/// <param name="ExpiresAt">When the code ends.</param>
public sealed record CodeRequestAnswer(string RequestId, DateTimeOffset ExpiresAt);
