// One silo, as operators see it.
namespace Aetheris.Grains.Interfaces.Directory;

/// <summary>One silo.</summary>
/// <param name="Silo">SiloName.</param>
/// <param name="State">Membership status.</param>
/// <param name="Rooms">Rooms it hosts.</param>
/// <param name="Version">Product version.</param>
[GenerateSerializer, Immutable, Alias("aetheris.directory.silo")]
public sealed record SiloListing(
    [property: Id(0)] string Silo,
    [property: Id(1)] string State,
    [property: Id(2)] int Rooms,
    [property: Id(3)] string Version);
