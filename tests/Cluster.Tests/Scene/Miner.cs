// Mines one asteroid after the other until there is enough ore in the hold.
using Aetheris.Client;
using Aetheris.Protocol.Components;
using Aetheris.Protocol.Identity;

namespace Aetheris.Cluster.Tests.Scene;

/// <param name="client">Whose ship.</param>
/// <param name="pilot">Who flies it.</param>
/// <param name="enough">Ore.</param>
internal sealed class Miner(AetherisClient client, ShipPilot pilot, int enough)
{
    private const float FullRateDistance = 2f;
    private const float BeamDistance = 13f;
    private const ulong TicksForAnAnswer = 30;

    private ulong _toggleAt;

    /// <summary>The asteroid that is mined or flown to.</summary>
    public NetworkId Target { get; set; }

    public bool IsDone => pilot.Ore >= enough;

    /// <summary>Does the next bit; call after each poll.</summary>
    public void Step()
    {
        if (IsDone || (!HasOre(Target) && !TryFindNearest()))
        {
            pilot.Rest();
            return;
        }

        client.View.TryGet<Transform>(Target, ComponentKinds.Transform, out var place, out _);
        pilot.FlyTo(place.X, place.Y, FullRateDistance);
        var now = client.View.NewestTick;
        if (now < _toggleAt || pilot.DistanceTo(place.X, place.Y) > BeamDistance
            || !client.View.TryGet<MiningBeam>(pilot.Ship, ComponentKinds.MiningBeam, out var beam, out _) || beam.Active)
        {
            return;
        }

        client.ToggleMining(Target);
        _toggleAt = now + TicksForAnAnswer;
    }

    private bool HasOre(NetworkId id) =>
        client.View.TryGet<Asteroid>(id, ComponentKinds.Asteroid, out var asteroid, out _) && asteroid.OreRemaining > 0;

    private bool TryFindNearest()
    {
        var view = client.View;
        var nearest = float.PositiveInfinity;
        Target = NetworkId.None;
        for (var slot = 0; slot < view.SlotCount; slot++)
        {
            var id = view.IdOf(slot);
            if (id == NetworkId.None || !HasOre(id) || !view.TryGet<Transform>(id, ComponentKinds.Transform, out var place, out _))
                continue;
            var distance = pilot.DistanceTo(place.X, place.Y);
            if (distance >= nearest)
                continue;
            nearest = distance;
            Target = id;
        }

        return Target != NetworkId.None;
    }
}
