// Everything a client saw of one entity.
using Aetheris.Client.View;
using Aetheris.Protocol.Components;
using Aetheris.Protocol.Identity;

namespace Aetheris.Cluster.Tests.Scene;

internal sealed class EntityStory(NetworkId id)
{
    public NetworkId Id => id;

    /// <summary>Whether it was seen and is no longer.</summary>
    public bool IsGone { get; set; }

    /// <summary>Tick of the first value seen.</summary>
    public ulong FirstTick => Places.Seen[0].Tick;

    public ushort Type => Places.IsEmpty ? (ushort)0 : Places.Last.EntityType;

    public History<Transform> Places { get; } = new(place => $"({place.X:0.0}, {place.Y:0.0})");

    public History<MiningBeam> Beams { get; } = new(beam => beam.Active ? $"on {beam.Target}" : "off");

    public History<CargoHold> Holds { get; } = new(hold => $"{hold.OreCount}/{hold.Capacity}");

    public History<Asteroid> Ores { get; } = new(asteroid => $"{asteroid.OreRemaining}/{asteroid.TotalCapacity}");

    public History<ShieldPool> Shields { get; } = new(shield => $"{shield.Current}/{shield.Max}");

    public History<HullPool> Hulls { get; } = new(hull => $"{hull.Current}/{hull.Max}");

    public History<ProjectileMarker> Shots { get; } = new(shot => $"{shot.LifetimeTicks} ticks left, of {shot.Owner}");

    public History<CargoDrop> Drops { get; } = new(drop => $"{drop.Quantity}");

    public void Look(ClientView view, int slot)
    {
        Look(view, slot, ComponentKinds.Transform, Places);
        Look(view, slot, ComponentKinds.MiningBeam, Beams);
        Look(view, slot, ComponentKinds.CargoHold, Holds);
        Look(view, slot, ComponentKinds.Asteroid, Ores);
        Look(view, slot, ComponentKinds.ShieldPool, Shields);
        Look(view, slot, ComponentKinds.HullPool, Hulls);
        Look(view, slot, ComponentKinds.ProjectileMarker, Shots);
        Look(view, slot, ComponentKinds.CargoDrop, Drops);
    }

    private static void Look<T>(ClientView view, int slot, ushort kind, History<T> history)
        where T : struct, IComponent<T>
    {
        var column = view.Column<T>(kind);
        if (column.Has(slot))
            history.Add(column.TickOf(slot), column[slot]);
    }
}
