// Tells the parts of a host where keys live that nobody configured.
namespace Aetheris.Auth.Keys;

/// <summary>The choice of the process's composition.</summary>
/// <param name="Home">It.</param>
public sealed record KeyPlace(KeyHome Home);
