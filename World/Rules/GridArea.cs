// A rectangle of grid cells.
namespace Aetheris.World;

/// <summary>Cells from Left, Top on (they continue over the edge of the torus), so many on each axis.</summary>
internal readonly record struct GridArea(int Left, int Top, int Columns, int Rows)
{
    /// <summary>Lists to look through: one per cell, and the one of what stands outside the bounds.</summary>
    internal int Lists => (Columns * Rows) + 1;
}
