// How far the kills of a room are counted.
namespace Aetheris.Grains.Shard;

/// <summary>The newest kill of a room that counts.</summary>
/// <param name="Epoch">Epoch of the report.</param>
/// <param name="Tick">Its tick.</param>
/// <param name="Index">Its index in that tick.</param>
/// <param name="At">When it was counted.</param>
[GenerateSerializer, Immutable, Alias("aetheris.scoreboard.counted")]
public readonly record struct CountedKill(
    [property: Id(0)] uint Epoch,
    [property: Id(1)] ulong Tick,
    [property: Id(2)] int Index,
    [property: Id(3)] DateTimeOffset At);
