// What a room has to tell the shard about its fights.
namespace Aetheris.Grains.Interfaces.Shard;

/// <summary>
/// Kills of one room since its last report, in order. A room that recovers simulates ticks again and reports them again: (room, tick,
/// index) tells the repeats.
/// </summary>
/// <param name="Room">The room.</param>
/// <param name="Epoch">Its epoch.</param>
/// <param name="IsNewWorld">Whether the room's ticks began at 0 in this epoch: they are no repeats of an earlier world's.</param>
/// <param name="Kills">The kills.</param>
[GenerateSerializer, Immutable, Alias("aetheris.shard.kills")]
public sealed record KillReport(
    [property: Id(0)] string Room,
    [property: Id(1)] uint Epoch,
    [property: Id(2)] bool IsNewWorld,
    [property: Id(3)] Kill[] Kills);
