// What leaves a room in a tick, and in which order (WORLD_RULES §3, §8).
using Aetheris.Protocol.Components;

namespace Aetheris.World.Tests;

public class ExtractionTests
{
    private static readonly (ushort Kind, string Name)[] OfTheOriginal =
    [
        (1, "Transform"), (2, "Velocity"), (3, "ShipStats"), (4, "Loadout"), (5, "ShipClassComponent"), (6, "PlayerName"), (7, "FactionTag"),
        (8, "AsteroidHp"), (9, "AsteroidYield"), (10, "LootDrop"), (11, "Station"), (12, "JumpGate"), (13, "ProjectileMarker"), (14, "DockedState"),
        (129, "RoomDefinition"), (130, "RoomBounds"), (131, "RoomMembership"),
        (1024, "MiningBeam"), (1025, "CargoHold"), (1026, "Asteroid"), (1027, "Weapon"), (1028, "ShieldPool"), (1029, "HullPool"), (1030, "CargoDrop"),
    ];

    [Fact]
    public void Clients_get_the_twenty_four_kinds_of_the_original_by_ascending_number_and_never_the_owner()
    {
        var sent = WorldDefinition.Standard.Components.Where(component => component.Kind < ComponentKinds.FirstServerOnly).ToList();
        Assert.Equal(OfTheOriginal, sent.Select(component => (component.Kind, component.Name)));
        Assert.All(sent, component => Assert.True(component.InFrames));
        Assert.Equal(Enumerable.Range(0, 24), sent.Select(component => component.Index));
        Assert.True(ComponentKinds.Ownership >= ComponentKinds.FirstServerOnly);
    }

    [Fact]
    public void Entities_leave_by_ascending_id_after_what_is_gone()
    {
        var world = Rooms.New();
        world.Run(Rooms.Stress(20));
        var changes = new ChangeSet();
        world.BeginTick();
        world.DespawnAll([new(9), new(4)]);
        world.Apply(Rooms.Spawn(EntityTypes.Hauler));
        world.Apply(Rooms.Spawn(EntityTypes.Asteroid));
        foreach (var id in new ulong[] { 20, 6, 11 })
            world.Edit(StandardComponents.Velocity, world.SlotOf(id), _ => new Velocity { X = 1 });
        world.Extract(changes);
        Assert.Equal(
            [
                (EntityChangeKind.Despawned, 9UL), (EntityChangeKind.Despawned, 4UL), (EntityChangeKind.Spawned, 23UL), (EntityChangeKind.Spawned, 24UL),
                (EntityChangeKind.Changed, 6UL), (EntityChangeKind.Changed, 11UL), (EntityChangeKind.Changed, 20UL),
            ],
            changes.Entities.Select(change => (change.Kind, change.Id.Value)));
    }

    [Fact]
    public void Only_a_value_with_other_bits_is_a_change()
    {
        var world = Rooms.New();
        world.Run(Rooms.Spawn(EntityTypes.Hauler, 10, 10));
        var changes = new ChangeSet();
        world.Edit(StandardComponents.HullPool, world.SlotOf(1), hull => hull);
        world.Extract(changes);
        Assert.Empty(changes.Entities);
        world.Edit(StandardComponents.HullPool, world.SlotOf(1), hull => hull with { Current = 599 });
        world.Extract(changes);
        Assert.Equal(StandardComponents.HullPool.Bit, Assert.Single(changes.Entities).Mask);
        world.Extract(changes);
        Assert.Empty(changes.Entities);
    }

    [Fact]
    public void Moving_ship_changes_place_and_velocity_and_nothing_else()
    {
        var world = Rooms.With((Rooms.Ann, EntityTypes.Interceptor, 10, 10), (Rooms.Ben, EntityTypes.Interceptor, 90, 90));
        var changes = new ChangeSet();
        world.Run(Rooms.Input(Rooms.Ann, 1, 1));
        world.BeginTick();
        world.Step();
        world.Extract(changes);
        var change = Assert.Single(changes.Entities);
        Assert.Equal((1UL, StandardComponents.Transform.Bit | StandardComponents.Velocity.Bit), (change.Id.Value, change.Mask));
    }
}
