// An entity in a grid.
namespace Aetheris.World;

/// <summary>An entity and the place at which it stands in the grid, metres.</summary>
internal readonly record struct GridItem(ushort Slot, float X, float Y);
