// What the members of a cell have in common.
namespace Aetheris.Gateway.Replication.Codec2;

/// <summary>Square, class and audience.</summary>
/// <param name="Square">Square of the grid, or <see cref="Cell.Everywhere"/>.</param>
/// <param name="Class">Index of the class in the registry.</param>
/// <param name="Audience">Number of the audience.</param>
/// <param name="IsResting">Whether its members have not moved for a while: apart from those that do, they cost nothing.</param>
public readonly record struct CellKey(int Square, int Class, int Audience, bool IsResting);
