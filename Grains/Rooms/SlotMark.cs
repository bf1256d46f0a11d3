// One of a room's two snapshots in storage.
namespace Aetheris.Grains.Rooms;

/// <summary>State of a slot.</summary>
/// <param name="Tag">Version tag of the stored object; null when there is none.</param>
/// <param name="Tick">Tick of the snapshot; 0 when there is none that can be read.</param>
public readonly record struct SlotMark(string? Tag, ulong Tick);
