// News for every gateway: somebody said something in a room.
using Aetheris.Protocol.Identity;

namespace Aetheris.Grains.Interfaces.Shard;

/// <summary>A line of a room's chat. Who misses it has missed it: nothing of a game depends on chat.</summary>
/// <param name="Room">The room.</param>
/// <param name="Player">Who said it.</param>
/// <param name="Name">Their name.</param>
/// <param name="Text">What, checked by the gateway that took it.</param>
[GenerateSerializer, Immutable, Alias("aetheris.shard.chat")]
public sealed record ChatLine([property: Id(0)] string Room, [property: Id(1)] PlayerId Player, [property: Id(2)] string Name, [property: Id(3)] string Text);
