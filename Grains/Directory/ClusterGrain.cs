// The silos of the cluster, as operators see them.
using Aetheris.Grains.Interfaces.Directory;
using Aetheris.Grains.Interfaces.Silos;

namespace Aetheris.Grains.Directory;

/// <summary>The membership as this silo knows it, also while the store is away, joined with what each silo says of itself.</summary>
public sealed class ClusterGrain(IClusterMembershipService membership, TimeProvider time) : Grain, IClusterGrain
{
    private const string Draining = "Draining";
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(1);

    /// <inheritdoc />
    public async Task<IReadOnlyList<SiloListing>> ListSilosAsync()
    {
        var members = membership.CurrentSnapshot.Members.Values.Where(static member => member.Status != SiloStatus.Dead);
        var silos = await Task.WhenAll(members.Select(ListAsync));
        Array.Sort(silos, static (left, right) => string.CompareOrdinal(left.Silo, right.Silo));
        return silos;
    }

    private async Task<SiloListing> ListAsync(ClusterMember member)
    {
        try
        {
            var report = await GrainFactory.GetGrain<ISiloGrain>(member.Name).GetReportAsync().WaitAsync(CallTimeout, time);
            var state = report.IsDraining && member.Status == SiloStatus.Active ? Draining : member.Status.ToString();
            return new SiloListing(member.Name, state, report.Rooms, report.Version);
        }
        catch (Exception exception) when (exception is TimeoutException or OrleansException)
        {
            // Joining, leaving or hanging: its rooms are those that the directory knows there.
            var rooms = await GrainFactory.GetGrain<IRoomDirectoryGrain>(0).ListAsync();
            return new SiloListing(member.Name, member.Status.ToString(), rooms.Count(room => string.Equals(room.Silo, member.Name, StringComparison.Ordinal)), string.Empty);
        }
    }
}
