// Body of a guest sign-in.
namespace Aetheris.Gateway.Http;

/// <summary>Who wants to play.</summary>
/// <param name="Name">Name to show: 1–32 printable characters; spaces around it are taken away.</param>
public sealed record GuestRequest(string? Name);
