// Places rooms where few are.
namespace Aetheris.Grains.Silos;

/// <summary>Strategy of rooms.</summary>
[Serializable, GenerateSerializer, Immutable, Alias("aetheris.placement.room")]
public sealed class RoomPlacement : PlacementStrategy;
