// What a hit does, and what a death leaves behind. Source: WORLD_RULES W-53 to W-55, W-D8, W-D13, W-D17, W-D18, W-D29.
using System;
using System.Collections.Generic;
using Aetheris.Protocol.Components;
using Aetheris.Protocol.Events;
using Aetheris.Protocol.Identity;

namespace Aetheris.World;

internal static class Casualties
{
    /// <summary>
    /// One hit of 25 points: the shield takes what it can, the rest goes to the hull, or to an asteroid's structure. A Damage event tells
    /// source, target and all 25 points; the shield waits 180 ticks before it comes back.
    /// </summary>
    internal static void Hit(RoomWorld world, int target, NetworkId source)
    {
        var entities = world.Entities;
        var remaining = Combat.Damage;
        var shields = entities.Column(StandardComponents.ShieldPool);
        if (shields.Has(target))
        {
            ShieldPool shield = shields[target];
            var absorbed = Math.Min(remaining, shield.Current);
            remaining -= absorbed;
            shield.Current -= (ushort)absorbed;
            shields.Set(target, shield);
        }

        var regenerations = entities.Column(StandardComponents.ShieldRegeneration);
        if (regenerations.Has(target))
            regenerations.Mutate(target).DelayTicks = Combat.ShieldDelayTicks;
        if (remaining > 0 && !Survives(entities, target, remaining))
            Doom(world, entities.IdOf(target), source);
        world.Emit(new RoomEvent { Kind = RoomEventKind.Damage, Entity = source, Other = entities.IdOf(target), Amount = Combat.Damage });
    }

    /// <summary>
    /// Everything that died in this tick, in hit order: Death event, dropped cargo, what brings it back; then all of them are despawned.
    /// Cargo is lost where the room is full.
    /// </summary>
    internal static void Bury(RoomWorld world)
    {
        foreach (var death in world.Buffers.Deaths)
        {
            if (!world.Entities.TryGetSlot(death.Key, out var slot))
                continue;
            world.Emit(new RoomEvent { Kind = RoomEventKind.Death, Entity = death.Key, Other = death.Value });
            world.Buffers.Dying.Add(death.Key);
            if (world.Entities.Column(StandardComponents.Asteroid).Has(slot))
            {
                Mining.Deplete(world, slot);
                continue;
            }

            DropCargo(world, slot);
            Remember(world, slot);
            var player = Ownerships.PilotOf(world, slot);
            if (player >= 0)
                world.Players.At(player).RespawnAt = world.Tick + Combat.PilotRespawnTicks;
        }

        world.DespawnAll(world.Buffers.Dying);
        world.Buffers.Deaths.Clear();
        world.Buffers.Dead.Clear();
        world.Buffers.Dying.Clear();
    }

    private static bool Survives(EntityTable entities, int target, int damage)
    {
        var hulls = entities.Column(StandardComponents.HullPool);
        if (hulls.Has(target))
        {
            HullPool hull = hulls[target];
            hull.Current = (ushort)Math.Max(hull.Current - damage, 0);
            hulls.Set(target, hull);
            return hull.Current > 0;
        }

        var structures = entities.Column(StandardComponents.AsteroidHp);
        if (!structures.Has(target))
            return true;
        AsteroidHp structure = structures[target];
        structure.Hp = (ushort)Math.Max(structure.Hp - damage, 0);
        structures.Set(target, structure);
        return structure.Hp > 0;
    }

    private static void Doom(RoomWorld world, NetworkId victim, NetworkId source)
    {
        if (world.Buffers.Dead.Add(victim))
            world.Buffers.Deaths.Add(new KeyValuePair<NetworkId, NetworkId>(victim, source));
    }

    private static void DropCargo(RoomWorld world, int slot)
    {
        var ore = world.Entities.Column(StandardComponents.CargoHold)[slot].OreCount;
        if (ore == 0)
            return;
        Transform transform = world.Entities.Column(StandardComponents.Transform)[slot];
        var drop = EntitySpawner.Spawn(world, EntityTypes.CargoDrop, transform.X, transform.Y, 0);
        if (drop >= 0)
            world.Entities.Column(StandardComponents.CargoDrop).Set(drop, new CargoDrop { Quantity = ore });
    }

    /// <summary>What has an origin, a training dummy, comes back to it.</summary>
    private static void Remember(RoomWorld world, int slot)
    {
        var origins = world.Entities.Column(StandardComponents.SpawnOrigin);
        if (!origins.Has(slot))
            return;
        world.Resource(StandardResources.DummyRespawns).Add(world, new PendingRespawn
        {
            TicksLeft = Combat.DummyRespawnTicks,
            X = origins[slot].X,
            Y = origins[slot].Y,
            EntityType = world.Entities.Column(StandardComponents.Transform)[slot].EntityType,
            Owner = Ownerships.OwnerOf(world, slot),
        });
    }
}
