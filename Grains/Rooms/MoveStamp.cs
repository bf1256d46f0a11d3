// The times that a moving room takes along: monotonic clocks do not cross processes.
namespace Aetheris.Grains.Rooms;

/// <summary>What the room noted when it left.</summary>
/// <param name="From">SiloName that it left.</param>
/// <param name="LastTick">UTC start of its last tick there.</param>
/// <param name="NextDeadline">UTC at which its next tick is due.</param>
public sealed record MoveStamp(string From, DateTimeOffset LastTick, DateTimeOffset NextDeadline);
