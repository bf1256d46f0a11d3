// A kill in the shard's news.
namespace Aetheris.Grains.Interfaces.Shard;

/// <summary>One line of the kill feed.</summary>
/// <param name="At">When the shard heard of it.</param>
/// <param name="Room">Where.</param>
/// <param name="Kill">What happened.</param>
[GenerateSerializer, Immutable, Alias("aetheris.shard.killnews")]
public sealed record KillNews([property: Id(0)] DateTimeOffset At, [property: Id(1)] string Room, [property: Id(2)] Kill Kill);
