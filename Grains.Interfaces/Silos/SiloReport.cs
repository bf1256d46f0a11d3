// What a silo says of itself.
namespace Aetheris.Grains.Interfaces.Silos;

/// <summary>One silo at one moment.</summary>
/// <param name="Silo">SiloName.</param>
/// <param name="Rooms">Rooms that are open there.</param>
/// <param name="IsDraining">Whether it takes no new rooms.</param>
/// <param name="IsMovingRooms">Whether it still tries to move rooms away.</param>
/// <param name="Version">Product version.</param>
[GenerateSerializer, Immutable, Alias("aetheris.silo.report")]
public sealed record SiloReport(
    [property: Id(0)] string Silo,
    [property: Id(1)] int Rooms,
    [property: Id(2)] bool IsDraining,
    [property: Id(3)] bool IsMovingRooms,
    [property: Id(4)] string Version);
