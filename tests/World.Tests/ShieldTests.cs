// Shields come back by type and after a delay, and the stats follow the pools (W-D9, W-D10; DESIGN §7).
using Aetheris.Protocol.Components;

namespace Aetheris.World.Tests;

public class ShieldTests
{
    [Theory]
    [InlineData(EntityTypes.Interceptor, 5)]
    [InlineData(EntityTypes.Dreadnought, 15)]
    [InlineData(EntityTypes.Hauler, 8)]
    public void Shield_gains_its_types_points_per_second(ushort type, int perSecond)
    {
        var world = Rooms.With((Rooms.Ann, type, 0, 0));
        var slot = world.ShipOf(Rooms.Ann);
        world.Edit(StandardComponents.ShieldPool, slot, pool => pool with { Current = 10 });
        world.RunUntil(59);
        Assert.Equal(10 + (59 * perSecond / 60), world.Get(StandardComponents.ShieldPool, slot).Current);
        world.Run();
        Assert.Equal(10 + perSecond, world.Get(StandardComponents.ShieldPool, slot).Current);
    }

    [Fact]
    public void Shield_gathers_nothing_for_a_hundred_and_eighty_ticks_after_damage()
    {
        var world = Rooms.With((Rooms.Ann, EntityTypes.Interceptor, 0, 0));
        var slot = world.ShipOf(Rooms.Ann);
        world.Edit(StandardComponents.ShieldPool, slot, pool => pool with { Current = 10 });
        world.Edit(StandardComponents.ShieldRegeneration, slot, _ => new ShieldRegeneration { DelayTicks = Combat.ShieldDelayTicks });
        world.RunUntil(180 + 11);
        Assert.Equal(10, world.Get(StandardComponents.ShieldPool, slot).Current);
        world.Run();
        Assert.Equal(11, world.Get(StandardComponents.ShieldPool, slot).Current);
    }

    [Fact]
    public void Shield_stops_at_its_maximum_and_keeps_no_remainder()
    {
        var world = Rooms.With((Rooms.Ann, EntityTypes.Dreadnought, 0, 0));
        var slot = world.ShipOf(Rooms.Ann);
        world.Edit(StandardComponents.ShieldPool, slot, pool => pool with { Current = 499 });
        world.RunUntil(100);
        Assert.Equal(500, world.Get(StandardComponents.ShieldPool, slot).Current);
        Assert.Equal(0, world.Get(StandardComponents.ShieldRegeneration, slot).Sixtieths);
    }

    [Fact]
    public void Dummy_has_a_shield_that_does_not_come_back()
    {
        var world = Rooms.New();
        world.Run(Rooms.Spawn(EntityTypes.TrainingDummy));
        world.Edit(StandardComponents.ShieldPool, world.SlotOf(1), pool => pool with { Current = 1 });
        world.RunUntil(100);
        Assert.Equal(1, world.Get(StandardComponents.ShieldPool, world.SlotOf(1)).Current);
    }

    [Fact]
    public void Stats_and_the_golden_hash_follow_the_pools()
    {
        var world = Rooms.With((Rooms.Ann, EntityTypes.Interceptor, 0, 0));
        world.Run();
        var before = world.GoldenHash();
        var slot = world.ShipOf(Rooms.Ann);
        world.Edit(StandardComponents.ShieldPool, slot, pool => pool with { Current = 40 });
        world.Edit(StandardComponents.HullPool, slot, pool => pool with { Current = 150 });
        world.Run();
        Assert.Equal((150, 200, 40, 100), (Stats(world).Hp, Stats(world).MaxHp, Stats(world).Shield, Stats(world).MaxShield));
        Assert.NotEqual(before, world.GoldenHash());
    }

    private static ShipStats Stats(RoomWorld world) => world.Get(StandardComponents.ShipStats, world.ShipOf(Rooms.Ann));
}
