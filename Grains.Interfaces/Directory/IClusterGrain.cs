// The silos of the cluster, as operators see them.
namespace Aetheris.Grains.Interfaces.Directory;

/// <summary>A view of the cluster. Key 0.</summary>
[Alias("aetheris.cluster")]
public interface IClusterGrain : IGrainWithIntegerKey
{
    /// <summary>All silos, by name.</summary>
    [Alias("silos")]
    Task<IReadOnlyList<SiloListing>> ListSilosAsync();
}
