// Ships take floating ore. Source: WORLD_RULES §7.6, W-D11, W-D14, W-D16; numbers in Cargo.
using System;
using Aetheris.Protocol.Components;
using Aetheris.Protocol.Events;

namespace Aetheris.World;

/// <summary>
/// Each drop by id goes to the first ship by id that is nearer than 10 m (shortest image) and has free space at that moment: as much
/// as fits, one CargoCollected event {drop, ship, ore}. An empty drop goes at once; one spawned with 0 ore waits for its end.
/// </summary>
public sealed class CargoCollectionSystem : ISystem
{
    /// <inheritdoc />
    public string Name => "CargoCollection";

    /// <inheritdoc />
    public uint Version => 1;

    /// <inheritdoc />
    public void Step(RoomWorld world)
    {
        var drops = world.Entities.Column(StandardComponents.CargoDrop);
        var transforms = world.Entities.Column(StandardComponents.Transform);
        for (var i = 0; i < world.Entities.Count;)
        {
            int slot = world.Entities.Slots[i];
            if (drops.Has(slot) && drops[slot].Quantity > 0 && transforms.Has(slot) && TryFindShip(world, slot, out var ship) && Take(world, slot, ship))
                world.Despawn(slot);
            else
                i++;
        }
    }

    private static bool TryFindShip(RoomWorld world, int drop, out int ship)
    {
        var entities = world.Entities;
        var holds = entities.Column(StandardComponents.CargoHold);
        var transforms = entities.Column(StandardComponents.Transform);
        var bounds = EntitySpawner.BoundsOf(world);
        foreach (var slot in entities.Slots)
        {
            if (!holds.Has(slot) || holds[slot].OreCount >= holds[slot].Capacity || !transforms.Has(slot))
                continue;
            if (Torus.DistanceSquared(transforms[drop], transforms[slot], bounds) < (float)(Cargo.CollectionRange * Cargo.CollectionRange))
            {
                ship = slot;
                return true;
            }
        }

        ship = -1;
        return false;
    }

    /// <summary>Moves what fits; true when nothing is left.</summary>
    private static bool Take(RoomWorld world, int drop, int ship)
    {
        var holds = world.Entities.Column(StandardComponents.CargoHold);
        var drops = world.Entities.Column(StandardComponents.CargoDrop);
        CargoHold hold = holds[ship];
        CargoDrop left = drops[drop];
        var amount = (ushort)Math.Min(left.Quantity, hold.Capacity - hold.OreCount);
        hold.OreCount += amount;
        left.Quantity -= amount;
        holds.Set(ship, hold);
        drops.Set(drop, left);
        world.Emit(new RoomEvent
        {
            Kind = RoomEventKind.CargoCollected,
            Entity = world.Entities.IdOf(drop),
            Other = world.Entities.IdOf(ship),
            Amount = amount,
        });
        return left.Quantity == 0;
    }
}
