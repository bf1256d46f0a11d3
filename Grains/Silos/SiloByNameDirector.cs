// Finds the silo of a name.
using Orleans.Runtime.Placement;

namespace Aetheris.Grains.Silos;

/// <summary>Director of <see cref="SiloByNamePlacement"/>.</summary>
public sealed class SiloByNameDirector(IClusterMembershipService membership) : IPlacementDirector
{
    /// <inheritdoc />
    /// <exception cref="OrleansException">No active silo has that name.</exception>
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        var name = target.GrainIdentity.Key.ToString();
        var silos = context.GetCompatibleSilos(target);
        foreach (var member in membership.CurrentSnapshot.Members.Values)
        {
            if (member.Status == SiloStatus.Active && string.Equals(member.Name, name, StringComparison.Ordinal) && silos.Contains(member.SiloAddress))
                return Task.FromResult(member.SiloAddress);
        }

        throw new OrleansException($"no active silo is named '{name}'");
    }
}
