// A room's whole state at one tick, for the state route.
namespace Aetheris.Grains.Interfaces.Rooms;

/// <summary>State at a tick.</summary>
/// <param name="Epoch">Room epoch.</param>
/// <param name="Tick">Server tick after which the state holds.</param>
/// <param name="StateHash">StateHash after that tick.</param>
/// <param name="Image">Changes section of an image: every entity with every value (RoomReplica reads it).</param>
[GenerateSerializer, Immutable, Alias("aetheris.room.state")]
public sealed record RoomStateAt(
    [property: Id(0)] uint Epoch,
    [property: Id(1)] ulong Tick,
    [property: Id(2)] ulong StateHash,
    [property: Id(3)] byte[] Image);
