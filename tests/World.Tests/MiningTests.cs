// Beams, transfers, depletion and the asteroids that come back (WORLD_RULES §7.3, §7.4).
using Aetheris.Protocol.Components;
using Aetheris.Protocol.Events;

namespace Aetheris.World.Tests;

public class MiningTests
{
    private const ulong Rock = 3;

    [Fact]
    public void Toggle_switches_the_beam_once_and_sets_the_target_also_when_switching_off()
    {
        var world = Rooms.With((Rooms.Ann, EntityTypes.Interceptor, 25, 0));
        world.Run(Rooms.Toggle(Rooms.Ann, 1, Rock));
        Assert.True(Beam(world).Active);
        world.Run();
        Assert.True(Beam(world).Active);
        world.Run(Rooms.Toggle(Rooms.Ann, 3, 77));
        Assert.Equal((false, true, 77UL), (Beam(world).Active, Beam(world).HasTarget, Beam(world).Target));
    }

    [Fact]
    public void Two_toggles_that_arrive_in_one_tick_both_act()
    {
        var world = Rooms.With((Rooms.Ann, EntityTypes.Interceptor, 25, 0));
        world.RunUntil(20);
        world.Run(Rooms.Toggle(Rooms.Ann, 20, Rock), Rooms.Toggle(Rooms.Ann, 21, Rock));
        Assert.False(Beam(world).Active);
        world.Run(Rooms.Toggle(Rooms.Ann, 21, Rock), Rooms.Input(Rooms.Ann, 22));
        Assert.True(Beam(world).Active);
    }

    [Fact]
    public void Input_without_a_toggle_leaves_the_beam_unsent()
    {
        var world = Rooms.With((Rooms.Ann, EntityTypes.Interceptor, 25, 0));
        var changes = new ChangeSet();
        world.BeginTick();
        world.Apply(Rooms.Input(Rooms.Ann, 1));
        world.Step();
        Assert.Equal(0UL, world.Entities.DirtyOf(world.ShipOf(Rooms.Ann)) & StandardComponents.MiningBeam.Bit);
        world.Extract(changes);
    }

    [Theory]
    [InlineData(3.75f, 2)]
    [InlineData(3.76f, 1)]
    [InlineData(15f, 1)]
    public void Yield_depends_on_the_distance_and_comes_every_ten_ticks(float distance, int ore)
    {
        var world = Rooms.With((Rooms.Ann, EntityTypes.Interceptor, 30 - distance, 0));
        world.Run(Rooms.Toggle(Rooms.Ann, 1, Rock));
        world.RunUntil(9);
        Assert.Equal(0, Ore(world));
        world.Run();
        Assert.Equal(ore, Ore(world));
        Assert.Equal(100 - ore, world.Get(StandardComponents.Asteroid, world.SlotOf(Rock)).OreRemaining);
        world.RunUntil(19);
        Assert.Equal(ore, Ore(world));
    }

    [Fact]
    public void Beam_breaks_beyond_its_range_and_without_a_target()
    {
        var world = Rooms.With((Rooms.Ann, EntityTypes.Interceptor, 14.9f, 0));
        world.Run(Rooms.Toggle(Rooms.Ann, 1, Rock));
        Assert.False(Beam(world).Active);
        world.Run(Rooms.Toggle(Rooms.Ann, 2, 999));
        Assert.False(Beam(world).Active);
        world.Run(Rooms.Toggle(Rooms.Ann, 3, 1));
        Assert.False(Beam(world).Active);
    }

    [Fact]
    public void Beam_reaches_over_the_edge_of_the_torus()
    {
        var world = Rooms.With((Rooms.Ann, EntityTypes.Interceptor, 248, 0));
        world.Apply(Rooms.Spawn(EntityTypes.Asteroid, -249, 0));
        world.Run(Rooms.Toggle(Rooms.Ann, 1, 4));
        world.RunUntil(10);
        Assert.True(Beam(world).Active);
        Assert.Equal(2, Ore(world));
    }

    [Theory]
    [InlineData(EntityTypes.Dreadnought)]
    [InlineData(EntityTypes.Hauler)]
    public void Inert_beams_mine_nothing_even_at_the_asteroids_place(ushort type)
    {
        var world = Rooms.With((Rooms.Ann, type, 30, 0));
        world.Run(Rooms.Toggle(Rooms.Ann, 1, Rock));
        world.RunUntil(20);
        Assert.Equal(0, Ore(world));
        Assert.False(Beam(world).Active);
    }

    [Fact]
    public void Hold_never_exceeds_its_capacity_and_a_full_one_switches_the_beam_off()
    {
        var world = Rooms.With((Rooms.Ann, EntityTypes.Interceptor, 29, 0));
        world.Edit(StandardComponents.CargoHold, world.ShipOf(Rooms.Ann), hold => hold with { OreCount = 499 });
        world.Run(Rooms.Toggle(Rooms.Ann, 1, Rock));
        world.RunUntil(10);
        Assert.Equal(500, Ore(world));
        Assert.True(Beam(world).Active);
        world.Run();
        Assert.False(Beam(world).Active);
    }

    [Fact]
    public void Last_ore_goes_to_the_lower_id_and_the_other_beam_breaks_a_tick_later()
    {
        var world = Rooms.With((Rooms.Ann, EntityTypes.Interceptor, 29, 0), (Rooms.Ben, EntityTypes.Interceptor, 31, 0));
        world.Edit(StandardComponents.Asteroid, world.SlotOf(Rock), asteroid => asteroid with { OreRemaining = 2 });
        world.Run(Rooms.Toggle(Rooms.Ben, 1, Rock), Rooms.Toggle(Rooms.Ann, 1, Rock));
        world.RunUntil(10);
        Assert.Equal(2, Ore(world));
        Assert.Equal(0, world.Get(StandardComponents.CargoHold, world.ShipOf(Rooms.Ben)).OreCount);
        Assert.True(world.Get(StandardComponents.MiningBeam, world.ShipOf(Rooms.Ben)).Active);
        world.Run();
        Assert.False(world.Get(StandardComponents.MiningBeam, world.ShipOf(Rooms.Ben)).Active);
    }

    [Fact]
    public void Depletion_is_told_once_and_the_asteroid_is_back_after_three_hundred_ticks_near_its_place()
    {
        var world = Rooms.With((Rooms.Ann, EntityTypes.Interceptor, 29, 0));
        world.Edit(StandardComponents.Asteroid, world.SlotOf(Rock), asteroid => asteroid with { OreRemaining = 1 });
        world.Edit(StandardComponents.AsteroidHp, world.SlotOf(Rock), hp => hp with { Hp = 5 });
        world.Run(Rooms.Toggle(Rooms.Ann, 1, Rock));
        var depleted = Assert.Single(world.RunTo(310));
        Assert.Equal((RoomEventKind.AsteroidDepleted, 3UL, 10UL), (depleted.Kind, depleted.Entity.Value, depleted.Tick));
        Assert.False(world.Exists(Rock));
        var back = world.SlotOf(4);
        var place = world.Get(StandardComponents.Transform, back);
        Assert.Equal((30f + 6.576445f, 12.716671f), (place.X, place.Y));
        Assert.Equal((100, 100), (world.Get(StandardComponents.Asteroid, back).OreRemaining, world.Get(StandardComponents.Asteroid, back).TotalCapacity));
        Assert.Equal(500, world.Get(StandardComponents.AsteroidHp, back).Hp);
        Assert.Equal(0, world.Resource(StandardResources.AsteroidRespawns).Count);
    }

    [Fact]
    public void Asteroid_is_away_for_all_of_three_hundred_ticks()
    {
        var world = Rooms.With((Rooms.Ann, EntityTypes.Interceptor, 0, 0));
        Empty(world, Rock);
        world.Run();
        world.RunUntil(300);
        Assert.False(world.Exists(4));
        world.Run();
        Assert.True(world.Exists(4));
    }

    [Fact]
    public void Offsets_come_from_the_worlds_own_generator_whatever_the_stress_test_drew()
    {
        var world = Rooms.New();
        world.Run(Rooms.Stress(50));
        Empty(world, 3);
        world.Run();
        ref readonly var pending = ref world.Resource(StandardResources.AsteroidRespawns)[0];
        Assert.Equal((0x40D2723Cu, 0x414B777Cu), (BitConverter.SingleToUInt32Bits(new ChaCha8(0xCAFEBABE).NextSingle(-15, 15)), BitConverter.SingleToUInt32Bits(pending.Y)));
        Assert.Equal(30f + 6.576445f, pending.X);
    }

    [Fact]
    public void Asteroid_next_to_the_edge_comes_back_inside_the_room()
    {
        var world = Rooms.New();
        world.Apply(Rooms.Spawn(EntityTypes.Asteroid, 249, 249));
        world.Run();
        Empty(world, 1);
        world.RunUntil(301);
        Assert.False(world.Exists(4));
        world.Run();
        var place = world.Get(StandardComponents.Transform, world.SlotOf(4));
        Assert.InRange(place.X, -250f, -244f);
        Assert.InRange(place.Y, -250f, -238f);
    }

    [Fact]
    public void Clearing_forgets_asteroids_that_were_to_come_back()
    {
        var world = Rooms.With((Rooms.Ann, EntityTypes.Interceptor, 0, 0));
        Empty(world, Rock);
        world.Run();
        world.Run(new Protocol.Commands.Command { Kind = Protocol.Commands.CommandKind.ClearWorld, Privileged = true });
        world.RunUntil(320);
        Assert.Equal(0, world.Entities.Count);
    }

    [Fact]
    public void Asteroid_of_a_player_does_not_come_back_after_they_left()
    {
        var world = Rooms.With((Rooms.Ann, EntityTypes.Interceptor, 0, 0));
        world.Run(Rooms.Spawn(EntityTypes.Asteroid, 100) with { Player = Rooms.Ann, Connection = new(1) });
        Empty(world, 4);
        world.Run();
        world.Run(Rooms.Leave(Rooms.Ann, Protocol.Commands.LeaveReason.Quit));
        world.RunUntil(320);
        Assert.Equal(2, world.Entities.Count);
    }

    [Fact]
    public void Full_room_lets_an_asteroid_wait_for_a_place()
    {
        var world = Rooms.New(new RoomSettings { MaxEntities = 3 });
        world.Run(Rooms.Spawn(EntityTypes.Hauler));
        Empty(world, Rock);
        world.Run();
        world.Run(Rooms.Spawn(EntityTypes.Hauler));
        world.RunUntil(400);
        Assert.Equal(1, world.Resource(StandardResources.AsteroidRespawns).Count);
        world.Despawn(world.SlotOf(4));
        world.Run();
        Assert.True(world.Exists(5));
    }

    [Fact]
    public void Pending_asteroids_are_saved_and_hashed()
    {
        var world = Rooms.With((Rooms.Ann, EntityTypes.Interceptor, 0, 0));
        Empty(world, Rock);
        world.RunUntil(100);
        Assert.True(RoomWorld.TryLoad(WorldDefinition.Standard, world.Save(), out var loaded, out var reason), reason);
        world.RunUntil(301);
        loaded.RunUntil(301);
        Assert.True(loaded.Exists(4));
        Assert.Equal(world.StateHash(), loaded.StateHash());
    }

    private static MiningBeam Beam(RoomWorld world) => world.Get(StandardComponents.MiningBeam, world.ShipOf(Rooms.Ann));

    private static int Ore(RoomWorld world) => world.Get(StandardComponents.CargoHold, world.ShipOf(Rooms.Ann)).OreCount;

    private static void Empty(RoomWorld world, ulong id) =>
        world.Edit(StandardComponents.Asteroid, world.SlotOf(id), asteroid => asteroid with { OreRemaining = 0 });
}
