// A player in news that anybody may read.
using Aetheris.Protocol.Identity;

namespace Aetheris.Grains.Interfaces.Shard;

/// <summary>Who flew a ship.</summary>
/// <param name="Player">The player.</param>
/// <param name="Name">Name over their ship.</param>
[GenerateSerializer, Immutable, Alias("aetheris.shard.pilot")]
public sealed record Pilot([property: Id(0)] PlayerId Player, [property: Id(1)] string Name);
