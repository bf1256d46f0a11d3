// The directory's suggestion.
namespace Aetheris.Grains.Interfaces.Directory;

/// <summary>A room to try, or why there is none.</summary>
/// <param name="Outcome">Whether <paramref name="Room"/> is set.</param>
/// <param name="Room">Room name.</param>
[GenerateSerializer, Immutable, Alias("aetheris.directory.match.result")]
public sealed record MatchResult([property: Id(0)] MatchOutcome Outcome, [property: Id(1)] string Room);
