// Body of a sign-in by code.
namespace Aetheris.Gateway.SignIn.Email;

/// <summary>The code from the mail.</summary>
/// <param name="RequestId">As the request answered.</param>
/// <param name="Code">Six digits.</param>
/// <param name="Name">Name to show; without one it is made from the player id.</param>
public sealed record CodeLogin(string? RequestId, string? Code, string? Name = null);
