// The attribute of a grain that speaks for one silo.
using Orleans.Placement;

namespace Aetheris.Grains.Silos;

/// <summary>Marks a grain whose key is a SiloName.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class SiloByNamePlacementAttribute() : PlacementAttribute(new SiloByNamePlacement());
