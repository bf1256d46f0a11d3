// Ships take floating ore. Source: WORLD_RULES §7.6, W-D11, W-D14, W-D16; numbers in Cargo.
using System;
using Aetheris.Protocol.Components;
using Aetheris.Protocol.Events;

namespace Aetheris.World;

/// <summary>
/// Each drop by id goes to the first ship by id that is nearer than 10 m (shortest image) and has free space at that moment: as much
/// as fits, one CargoCollected event {drop, ship, ore}. An emptied drop goes in this tick; one spawned with 0 ore waits for its end.
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
        var entities = world.Entities;
        var drops = entities.Column(StandardComponents.CargoDrop);
        var floating = StandardComponents.CargoDrop.Bit | StandardComponents.Transform.Bit;
        var built = false;
        world.Buffers.Leaving.Clear();
        foreach (var slot in entities.Slots)
        {
            if ((entities.MaskOf(slot) & floating) != floating || drops[slot].Quantity == 0)
                continue;
            if (!built)
                world.Buffers.Grid.Build(world, 0, StandardComponents.CargoHold.Bit);
            built = true;
            if (TryFindShip(world, slot, out var ship) && Take(world, slot, ship))
                world.Buffers.Leaving.Add(entities.IdOf(slot));
        }

        world.DespawnAll(world.Buffers.Leaving);
    }

    private static bool TryFindShip(RoomWorld world, int drop, out int ship)
    {
        var entities = world.Entities;
        var holds = entities.Column(StandardComponents.CargoHold);
        ref readonly var place = ref entities.Column(StandardComponents.Transform)[drop];
        var bounds = EntitySpawner.BoundsOf(world);
        var area = world.Buffers.Grid.Around(place.X, place.Y, Cargo.CollectionRange);
        ship = -1;
        for (var list = 0; list < area.Lists; list++)
        {
            foreach (ref readonly var item in world.Buffers.Grid.ItemsIn(area, list))
            {
                if (ship >= 0 && entities.IdOf(item.Slot) > entities.IdOf(ship))
                    break;
                var at = new Transform { X = item.X, Y = item.Y };
                if (holds[item.Slot].OreCount < holds[item.Slot].Capacity
                    && Torus.DistanceSquared(place, at, bounds) < (float)(Cargo.CollectionRange * Cargo.CollectionRange))
                {
                    ship = item.Slot;
                    break;
                }
            }
        }

        return ship >= 0;
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
