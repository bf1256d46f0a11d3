// Tells the parts of a host where connect keys live that nobody configured.
namespace Aetheris.Auth.Connect;

/// <summary>The choice of the process's composition.</summary>
/// <param name="Home">It.</param>
public sealed record ConnectKeyPlace(ConnectKeyHome Home);
