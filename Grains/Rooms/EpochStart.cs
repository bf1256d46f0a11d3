// Where an epoch of a room began.
namespace Aetheris.Grains.Rooms;

/// <summary>One start from storage.</summary>
/// <param name="Epoch">The epoch.</param>
/// <param name="Tick">Tick of the state that it began with: its first frame is the next tick's.</param>
public readonly record struct EpochStart(uint Epoch, ulong Tick);
