// Places a grain on the silo that its key names.
namespace Aetheris.Grains.Silos;

/// <summary>Strategy of <see cref="SiloGrain"/>.</summary>
[Serializable, GenerateSerializer, Immutable, Alias("aetheris.placement.silo")]
public sealed class SiloByNamePlacement : PlacementStrategy;
