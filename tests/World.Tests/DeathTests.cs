// What dies, what it leaves behind and how it comes back (WORLD_RULES §7.6, W-55 to W-57).
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Components;
using Aetheris.Protocol.Events;
using Aetheris.Protocol.Identity;

namespace Aetheris.World.Tests;

public class DeathTests
{
    [Fact]
    public void Ship_dies_once_drops_its_cargo_and_is_back_after_a_hundred_and_eighty_ticks_under_a_new_id()
    {
        var world = Battle();
        var ben = world.ShipOf(Rooms.Ben);
        world.Edit(StandardComponents.CargoHold, ben, hold => hold with { OreCount = 70 });
        var events = Kill(world);
        Assert.Equal([RoomEventKind.Damage, RoomEventKind.Death], events.Select(e => e.Kind));
        Assert.Equal((4UL, 1UL), (events[1].Entity.Value, events[1].Other.Value));
        var death = world.Tick;
        Assert.False(world.Exists(4));
        Assert.True(world.Players.TryGet(Rooms.Ben, out var record));
        Assert.Equal(NetworkId.None, record.Ship);
        var drop = world.Entities.Slots[^1];
        Assert.Equal(70, world.Get(StandardComponents.CargoDrop, drop).Quantity);
        Assert.Equal(-92f, world.Get(StandardComponents.Transform, drop).X);

        Assert.DoesNotContain(world.RunTo(death + 179), e => e.Kind is RoomEventKind.Respawn or RoomEventKind.Possession);
        var back = world.Run();
        Assert.Equal([RoomEventKind.Respawn, RoomEventKind.Possession], back.Select(e => e.Kind));
        Assert.Equal((PlayerId.None, Rooms.Ben, new ConnectionEpoch(1)), (back[0].To, back[1].To, back[1].Connection));
        var ship = world.ShipOf(Rooms.Ben);
        Assert.Equal(world.Entities.IdOf(ship), back[1].Entity);
        Assert.True(back[1].Entity.Value > 4);
        Assert.Equal((0f, 0f), (world.Get(StandardComponents.Transform, ship).X, world.Get(StandardComponents.Transform, ship).Y));
        Assert.Equal((200, 100), (world.Get(StandardComponents.HullPool, ship).Current, world.Get(StandardComponents.ShieldPool, ship).Current));
        Assert.Equal("Ben", world.Get(StandardComponents.PlayerName, ship).Name);
        world.Run(Rooms.Input(Rooms.Ben, world.Tick + 1, 1));
        Assert.Equal(1u, world.StatusOf(Rooms.Ben).AppliedCount);
    }

    [Fact]
    public void Second_shot_into_the_same_ship_in_the_same_tick_kills_it_no_second_time()
    {
        var world = Battle();
        var ben = world.ShipOf(Rooms.Ben);
        world.Edit(StandardComponents.ShieldPool, ben, pool => pool with { Current = 0 });
        world.Edit(StandardComponents.HullPool, ben, pool => pool with { Current = 1 });
        var events = world.Run(Rooms.Spawn(EntityTypes.Projectile, -92, -100), Rooms.Spawn(EntityTypes.Projectile, -92, -101));
        Assert.Equal([RoomEventKind.Damage, RoomEventKind.Damage, RoomEventKind.Death], events.Select(e => e.Kind));
        Assert.False(world.Exists(4));
        Assert.False(world.Exists(5) || world.Exists(6));
    }

    [Fact]
    public void Joining_again_neither_brings_a_dead_pilot_back_early_nor_loses_the_respawn()
    {
        var world = Battle();
        Kill(world);
        var death = world.Tick;
        var joined = world.Run(Rooms.Join(Rooms.Ben), Rooms.Join(Rooms.Ben, 2, type: EntityTypes.Hauler));
        Assert.Equal([RoomEventKind.Joined, RoomEventKind.Left, RoomEventKind.Joined], joined.Select(e => e.Kind));
        var back = world.RunTo(death + 180)[^1];
        Assert.Equal((RoomEventKind.Possession, new ConnectionEpoch(2), death + 180), (back.Kind, back.Connection, back.Tick));
        Assert.Equal(EntityTypes.Interceptor, world.Get(StandardComponents.Transform, world.ShipOf(Rooms.Ben)).EntityType);
    }

    [Fact]
    public void Dead_pilot_who_is_away_gets_the_next_ship_when_they_join()
    {
        var world = Battle();
        Kill(world);
        world.Run(Rooms.Leave(Rooms.Ben, LeaveReason.Lost));
        world.RunUntil(world.Tick + 300);
        Assert.True(world.Players.TryGet(Rooms.Ben, out var record));
        Assert.Equal(NetworkId.None, record.Ship);
        Assert.Equal(RoomEventKind.Possession, world.Run(Rooms.Join(Rooms.Ben, 2))[^1].Kind);
    }

    [Theory]
    [InlineData(CommandKind.Leave)]
    [InlineData(CommandKind.ClearWorld)]
    public void Respawn_is_forgotten_with_its_player_and_with_the_room(CommandKind kind)
    {
        var world = Battle();
        Kill(world);
        world.Run(new Command { Kind = kind, Player = kind == CommandKind.Leave ? Rooms.Ben : PlayerId.None, Connection = new(1), Reason = LeaveReason.Quit, Privileged = true });
        Assert.DoesNotContain(world.RunTo(world.Tick + 400), e => e.Kind is RoomEventKind.Respawn or RoomEventKind.Possession);
    }

    [Fact]
    public void Pending_respawn_is_saved_and_hashed()
    {
        var world = Battle();
        Kill(world);
        Assert.True(RoomWorld.TryLoad(WorldDefinition.Standard, world.Save(), out var loaded, out var reason), reason);
        world.RunUntil(world.Tick + 200);
        loaded.RunUntil(loaded.Tick + 200);
        Assert.Equal("Ben", loaded.Get(StandardComponents.PlayerName, loaded.ShipOf(Rooms.Ben)).Name);
        Assert.Equal(world.StateHash(), loaded.StateHash());
    }

    [Fact]
    public void Dummy_comes_back_to_its_origin_after_five_hundred_and_ninety_nine_ticks()
    {
        var world = Rooms.With((Rooms.Ann, EntityTypes.Interceptor, -100, -100));
        world.Apply(Rooms.Spawn(EntityTypes.TrainingDummy, -92, -100));
        world.Edit(StandardComponents.ShieldPool, world.SlotOf(4), pool => pool with { Current = 0 });
        world.Edit(StandardComponents.HullPool, world.SlotOf(4), pool => pool with { Current = 25 });
        world.Edit(StandardComponents.Transform, world.SlotOf(4), transform => transform with { Y = -101 });
        WeaponTests.Shoot(world);
        while (world.Exists(4))
            world.Run();
        var death = world.Tick;
        Assert.Empty(world.RunTo(death + 598));
        Assert.Equal(3, world.Entities.Count);
        Assert.Empty(world.Run());
        var place = world.Get(StandardComponents.Transform, world.Entities.Slots[^1]);
        Assert.Equal((EntityTypes.TrainingDummy, -92f, -100f), (place.EntityType, place.X, place.Y));
    }

    [Fact]
    public void Clearing_forgets_dummies_that_were_to_come_back_and_shots_in_flight()
    {
        var world = Rooms.With((Rooms.Ann, EntityTypes.Interceptor, -100, -100));
        world.Run([Rooms.Spawn(EntityTypes.TrainingDummy, 100, 100), .. Enumerable.Repeat(Rooms.Spawn(EntityTypes.Projectile, 100, 100), 6)]);
        Assert.Equal(1, world.Resource(StandardResources.DummyRespawns).Count);
        WeaponTests.Shoot(world);
        world.Run(new Command { Kind = CommandKind.ClearWorld, Privileged = true });
        Assert.Equal((0, 0), (world.Entities.Count, world.Resource(StandardResources.DummyRespawns).Count));
        Assert.Empty(world.RunTo(world.Tick + 700));
        Assert.Equal(0, world.Entities.Count);
    }

    [Fact]
    public void Ore_collected_in_the_tick_of_death_is_dropped_again_under_an_id_before_later_spawns()
    {
        var world = Battle();
        var ben = world.ShipOf(Rooms.Ben);
        world.Edit(StandardComponents.ShieldPool, ben, pool => pool with { Current = 0 });
        world.Edit(StandardComponents.HullPool, ben, pool => pool with { Current = 1 });
        Drop(world, -88, 40);
        world.RunUntil(29);
        Assert.Equal(40, world.Get(StandardComponents.CargoHold, ben).OreCount);
        Drop(world, -84, 5);
        var events = world.Run(Rooms.Spawn(EntityTypes.Projectile, -92, -100), Rooms.Input(Rooms.Ann, 30, buttons: InputButtons.FirePrimary));
        Assert.Equal([RoomEventKind.CargoCollected, RoomEventKind.Damage, RoomEventKind.Death], events.Select(e => e.Kind));
        var drop = Assert.Single(world.Entities.Slots.ToArray(), slot => world.Entities.Column(StandardComponents.CargoDrop).Has(slot));
        var shot = Assert.Single(world.Entities.Slots.ToArray(), slot => world.Entities.Column(StandardComponents.ProjectileMarker).Has(slot));
        Assert.Equal(45, world.Get(StandardComponents.CargoDrop, drop).Quantity);
        Assert.True(world.Entities.IdOf(drop) < world.Entities.IdOf(shot));
    }

    [Fact]
    public void Shot_asteroid_takes_the_depletion_path_and_comes_back()
    {
        var world = Rooms.With((Rooms.Ann, EntityTypes.Interceptor, 20, 0));
        world.Edit(StandardComponents.AsteroidHp, world.SlotOf(3), hp => hp with { Hp = 25 });
        WeaponTests.Shoot(world);
        var events = new List<RoomEvent>();
        while (world.Exists(3))
            events = world.Run();
        Assert.Equal([RoomEventKind.Damage, RoomEventKind.Death, RoomEventKind.AsteroidDepleted], events.Select(e => e.Kind));
        world.RunUntil(world.Tick + 299);
        Assert.Equal(2, world.Entities.Count);
        world.Run();
        var back = world.Entities.Slots[^1];
        Assert.Equal((100, 500), (world.Get(StandardComponents.Asteroid, back).OreRemaining, world.Get(StandardComponents.AsteroidHp, back).Hp));
    }

    [Fact]
    public void Drops_fill_a_hold_to_its_capacity_and_not_beyond()
    {
        var world = Rooms.With((Rooms.Ann, EntityTypes.Interceptor, -100, -100));
        world.Edit(StandardComponents.CargoHold, world.ShipOf(Rooms.Ann), hold => hold with { OreCount = 450 });
        Drop(world, -95, 30);
        Drop(world, -91, 30);
        var events = world.Run();
        Assert.Equal([(RoomEventKind.CargoCollected, 4UL, 1UL, 30), (RoomEventKind.CargoCollected, 5UL, 1UL, 20)], events.Select(e => (e.Kind, e.Entity.Value, e.Other.Value, e.Amount)));
        Assert.Equal(500, world.Get(StandardComponents.CargoHold, world.ShipOf(Rooms.Ann)).OreCount);
        Assert.False(world.Exists(4));
        Assert.Equal(10, world.Get(StandardComponents.CargoDrop, world.SlotOf(5)).Quantity);
        Assert.Empty(world.Run());
    }

    [Fact]
    public void Drop_is_taken_over_the_edge_below_ten_metres_by_the_lowest_id()
    {
        var world = Rooms.With((Rooms.Ann, EntityTypes.Hauler, 246, 0), (Rooms.Ben, EntityTypes.Hauler, -245, 0));
        Drop(world, -245, 5);
        Assert.Equal(1UL, Assert.Single(world.Run()).Other.Value);
        Drop(world, 236, 5);
        Assert.Empty(world.Run());
    }

    [Fact]
    public void Drops_live_three_thousand_six_hundred_ticks_whatever_they_hold()
    {
        var world = Rooms.New();
        Drop(world, 100, 7);
        world.Apply(Rooms.Spawn(EntityTypes.CargoDrop, 90, 0));
        Assert.Empty(world.RunTo(3600));
        Assert.Equal(4, world.Entities.Count);
        Assert.Empty(world.Run());
        Assert.Equal(2, world.Entities.Count);
    }

    private static void Drop(RoomWorld world, float x, ushort quantity)
    {
        world.Apply(Rooms.Spawn(EntityTypes.CargoDrop, x, x < 0 && x > -200 ? -100 : 0));
        var slot = world.Entities.Column(StandardComponents.CargoDrop).Has(world.Entities.Slots[^1]) ? world.Entities.Slots[^1] : world.Entities.Slots[0];
        world.Edit(StandardComponents.CargoDrop, slot, _ => new CargoDrop { Quantity = quantity });
    }

    private static RoomWorld Battle()
    {
        var world = Rooms.New();
        JoinRule.Join(world, Rooms.Join(Rooms.Ann), -100, -100, 0);
        JoinRule.Join(world, Rooms.Join(Rooms.Ben, name: "Ben"), -92, -100, 0);
        world.Extract(new ChangeSet());
        return world;
    }

    /// <summary>Ann shoots Ben, who has one point left; returns the events of the tick of his death.</summary>
    private static List<RoomEvent> Kill(RoomWorld world)
    {
        var ben = world.ShipOf(Rooms.Ben);
        world.Edit(StandardComponents.ShieldPool, ben, pool => pool with { Current = 0 });
        world.Edit(StandardComponents.HullPool, ben, pool => pool with { Current = 1 });
        world.Edit(StandardComponents.ShieldRegeneration, ben, _ => new ShieldRegeneration { DelayTicks = 180 });
        WeaponTests.Shoot(world);
        var events = new List<RoomEvent>();
        while (world.Exists(4))
            events = world.Run();
        return events;
    }
}
