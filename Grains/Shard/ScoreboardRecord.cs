// What the scoreboard keeps beyond its activation.
using Aetheris.Grains.Interfaces.Shard;
using Aetheris.Protocol.Identity;

namespace Aetheris.Grains.Shard;

/// <summary>The scoreboard's record in the storage "aetheris".</summary>
[GenerateSerializer, Alias("aetheris.scoreboard.record")]
public sealed class ScoreboardRecord
{
    /// <summary>Scores by player.</summary>
    [Id(0)] public Dictionary<PlayerId, Score> Scores { get; set; } = [];

    /// <summary>The last kills, oldest first.</summary>
    [Id(1)] public List<KillNews> Kills { get; set; } = [];

    /// <summary>The newest kill counted of each room.</summary>
    [Id(2)] public Dictionary<string, CountedKill> Counted { get; set; } = new(StringComparer.Ordinal);
}
