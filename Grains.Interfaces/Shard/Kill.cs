// One ship that another one destroyed.
namespace Aetheris.Grains.Interfaces.Shard;

/// <summary>A kill, as the room saw it.</summary>
/// <param name="Tick">Server tick of the room.</param>
/// <param name="Index">Counts the kills of that tick from 0.</param>
/// <param name="Killer">Who fired; null when nobody's ship did.</param>
/// <param name="Victim">Whose ship it was.</param>
[GenerateSerializer, Immutable, Alias("aetheris.shard.kill")]
public readonly record struct Kill(
    [property: Id(0)] ulong Tick,
    [property: Id(1)] int Index,
    [property: Id(2)] Pilot? Killer,
    [property: Id(3)] Pilot Victim);
