// Body of a match.
namespace Aetheris.Gateway.Http;

/// <summary>What the player wants; neither room nor template leads to the default room.</summary>
/// <param name="Room">A room by name.</param>
/// <param name="Template">Any open room of a template.</param>
/// <param name="Spectate">Watch only.</param>
/// <param name="Exclude">Rooms that refused the player just now, at most 5.</param>
public sealed record MatchWish(string? Room, string? Template, bool Spectate = false, string[]? Exclude = null);
