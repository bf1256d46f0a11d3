// Chooses the silo of a room that opens or moves.
using Orleans.Runtime.Placement;

namespace Aetheris.Grains.Silos;

/// <summary>
/// Director of <see cref="RoomPlacement"/>: the hint of a move, else the silo with the fewest rooms among those that do not drain. A
/// cluster in which all drain still has a place for every room.
/// </summary>
public sealed class RoomDirector(SiloViews views) : IPlacementDirector
{
    /// <inheritdoc />
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        var silos = context.GetCompatibleSilos(target);
        return Task.FromResult(IPlacementDirector.GetPlacementHint(target.RequestContextData, silos) ?? views.PlaceRoom(silos));
    }
}
