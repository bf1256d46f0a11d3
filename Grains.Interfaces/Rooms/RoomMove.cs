// A live move of a room from one silo to another, as the room itself stamped it.
namespace Aetheris.Grains.Interfaces.Rooms;

/// <summary>The last move that a room made.</summary>
/// <param name="From">SiloName before.</param>
/// <param name="To">SiloName after.</param>
/// <param name="GapMs">Time between the last tick there and the first one here in milliseconds, by the two silos' UTC clocks.</param>
/// <param name="Tick">First tick on the new silo.</param>
[GenerateSerializer, Immutable, Alias("aetheris.room.move")]
public sealed record RoomMove(
    [property: Id(0)] string From,
    [property: Id(1)] string To,
    [property: Id(2)] double GapMs,
    [property: Id(3)] ulong Tick);
