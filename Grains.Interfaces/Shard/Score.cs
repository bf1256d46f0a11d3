// A player's place among all.
namespace Aetheris.Grains.Interfaces.Shard;

/// <summary>One row of the leaderboard.</summary>
/// <param name="Pilot">The player, by the name of their last fight.</param>
/// <param name="Kills">Ships destroyed.</param>
/// <param name="Deaths">Ships lost.</param>
[GenerateSerializer, Immutable, Alias("aetheris.shard.score")]
public sealed record Score([property: Id(0)] Pilot Pilot, [property: Id(1)] int Kills, [property: Id(2)] int Deaths);
