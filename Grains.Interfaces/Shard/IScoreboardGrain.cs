// The shard's fights: who leads, and what happened last.
namespace Aetheris.Grains.Interfaces.Shard;

/// <summary>Follows the stream of kills; one per shard, keyed by <see cref="ShardStreams.Key"/>.</summary>
[Alias("aetheris.scoreboard")]
public interface IScoreboardGrain : IGrainWithStringKey
{
    /// <summary>The best, most kills first, then fewest deaths, then by name.</summary>
    /// <param name="count">At most this many, and at most 100.</param>
    [Alias("leaders")]
    Task<IReadOnlyList<Score>> GetLeadersAsync(int count);

    /// <summary>The last kills of all rooms, newest first.</summary>
    /// <param name="count">At most this many, and at most 100.</param>
    [Alias("kills")]
    Task<IReadOnlyList<KillNews>> GetKillsAsync(int count);
}
