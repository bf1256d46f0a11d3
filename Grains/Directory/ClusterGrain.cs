// The silos of the cluster, as operators see them.
using System.Reflection;
using Aetheris.Grains.Interfaces.Directory;

namespace Aetheris.Grains.Directory;

/// <summary>Membership of Orleans joined with the rooms that the directory knows.</summary>
public sealed class ClusterGrain : Grain, IClusterGrain
{
    private static readonly string Version = ProductVersion();

    /// <inheritdoc />
    public async Task<IReadOnlyList<SiloListing>> ListSilosAsync()
    {
        var hosts = await GrainFactory.GetGrain<IManagementGrain>(0).GetDetailedHosts();
        var rooms = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var room in await GrainFactory.GetGrain<IRoomDirectoryGrain>(0).ListAsync())
            rooms[room.Silo] = rooms.GetValueOrDefault(room.Silo) + 1;

        var silos = new List<SiloListing>(hosts.Length);
        foreach (var host in hosts)
        {
            if (host.Status != SiloStatus.Dead)
                silos.Add(new SiloListing(host.SiloName, host.Status.ToString(), rooms.GetValueOrDefault(host.SiloName), Version));
        }

        silos.Sort(static (left, right) => string.CompareOrdinal(left.Silo, right.Silo));
        return silos;
    }

    private static string ProductVersion()
    {
        var text = typeof(ClusterGrain).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? string.Empty;
        var commit = text.IndexOf('+', StringComparison.Ordinal);
        return commit < 0 ? text : text[..commit];
    }
}
