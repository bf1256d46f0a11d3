// The attribute of the grain that is a room.
using Orleans.Placement;

namespace Aetheris.Grains.Silos;

/// <summary>Marks the grain that is a room.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RoomPlacementAttribute() : PlacementAttribute(new RoomPlacement());
