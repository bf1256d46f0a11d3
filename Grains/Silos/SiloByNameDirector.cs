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
        // A silo that was killed and started again has two rows of its name for a moment: the younger one lives.
        var found = membership.CurrentSnapshot.Members.Values
            .Where(member => member.Status == SiloStatus.Active && string.Equals(member.Name, name, StringComparison.Ordinal) && silos.Contains(member.SiloAddress))
            .MaxBy(static member => member.SiloAddress.Generation);
        return found is null ? throw new OrleansException($"no active silo is named '{name}'") : Task.FromResult(found.SiloAddress);
    }
}
