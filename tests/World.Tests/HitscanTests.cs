// Lag compensation to the tick, with a weapon that hits at once (DESIGN §7).
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Components;
using Aetheris.Protocol.Events;

namespace Aetheris.World.Tests;

public class HitscanTests
{
    private const float StepMetres = 2;
    private static readonly WorldDefinition WithHitscan = Build();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(11)]
    [InlineData(12)]
    public void Hits_exactly_what_stood_on_the_ray_at_the_tick_that_the_pilot_saw(byte viewDelay)
    {
        for (var ago = 0; ago <= 14; ago++)
        {
            var world = Crossing(ago);
            var hit = Fire(world, viewDelay);
            Assert.True(ago == viewDelay ? hit is { Entity.Value: 1, Other.Value: 4, Amount: 25 } : hit is null, $"on the ray {ago} ticks ago, seen {viewDelay} ticks ago");
        }
    }

    [Theory]
    [InlineData(13)]
    [InlineData(200)]
    [InlineData(255)]
    public void View_older_than_twelve_ticks_is_clamped_to_twelve(byte viewDelay)
    {
        Assert.NotNull(Fire(Crossing(12), viewDelay));
        Assert.Null(Fire(Crossing(13), viewDelay));
        Assert.Null(Fire(Crossing(11), viewDelay));
    }

    [Theory]
    [InlineData(5, 0, 5)]
    [InlineData(3, 2, 5)]
    [InlineData(10, 4, 12)]
    public void Late_input_looked_as_much_earlier_as_it_is_late(byte viewDelay, int late, int ago)
    {
        Assert.NotNull(Fire(Crossing(ago), viewDelay, late));
        Assert.Null(Fire(Crossing(ago - 1), viewDelay, late));
    }

    [Theory]
    [InlineData(240f, 0f, 0f, -240f, 0f)]
    [InlineData(-240f, 0f, MathF.PI, 240f, 0f)]
    [InlineData(0f, 245f, MathF.PI / 2, 0f, -235f)]
    public void Ray_and_rewind_go_across_the_edge_of_the_room(float x, float y, float rotation, float targetX, float targetY)
    {
        var world = Room(x, y);
        Turn(world, rotation);
        Place(world, targetX, targetY);
        Tick(world, 5);

        // Seen in front of the edge, now a hundred metres away along it.
        Place(world, MathF.Abs(targetX) > MathF.Abs(targetY) ? targetX : 100, MathF.Abs(targetX) > MathF.Abs(targetY) ? 100 : targetY);
        Tick(world, 3);
        var other = Copy(world);
        Assert.NotNull(Fire(world, 5));
        Assert.Null(Fire(other, 0));
    }

    [Fact]
    public void Target_that_crossed_the_edge_since_is_hit_where_it_was()
    {
        var world = Room(200, 0);
        Place(world, 249, 0.25f);
        Tick(world, 4);
        Place(world, -249, 20);
        Tick(world, 4);
        Assert.NotNull(Fire(world, 6));
    }

    [Fact]
    public void First_on_the_ray_is_hit_as_the_pilot_saw_the_order()
    {
        var world = Room(-100, -100);
        world.Apply(Rooms.Spawn(EntityTypes.Hauler, -60, -100));
        Place(world, -80, -100);
        Tick(world, 6);
        Place(world, -40, -100);
        Tick(world, 3);
        var other = Copy(world);
        Assert.Equal(4UL, Fire(world, 5)!.Value.Other.Value);
        Assert.Equal(5UL, Fire(other, 0)!.Value.Other.Value);
    }

    [Fact]
    public void Room_that_is_saved_and_loaded_before_the_shot_decides_the_same()
    {
        for (byte delay = 0; delay <= 13; delay++)
        {
            var world = Crossing(7);
            var loaded = Copy(world);
            Assert.Equal(Fire(world, delay).HasValue, Fire(loaded, delay).HasValue);
            Tick(world, 40);
            Tick(loaded, 40);
            Assert.Equal(world.StateHash(), loaded.StateHash());
        }
    }

    [Fact]
    public void Victim_of_a_ray_dies_in_the_same_tick()
    {
        var world = Crossing(3);
        world.Edit(StandardComponents.ShieldPool, Target(world), pool => pool with { Current = 0 });
        world.Edit(StandardComponents.ShieldRegeneration, Target(world), _ => new ShieldRegeneration { DelayTicks = 180 });
        world.Edit(StandardComponents.HullPool, Target(world), pool => pool with { Current = 25 });
        var command = Rooms.Input(Rooms.Ann, world.Tick + 1, buttons: InputButtons.FirePrimary);
        command.Input.ViewDelay = 3;
        Assert.Contains(world.Run(command), value => value.Kind == RoomEventKind.Death && value.Entity.Value == 4);
        Assert.False(world.Exists(4));
    }

    [Fact]
    public void Standard_world_has_no_such_weapon_and_another_version()
    {
        Assert.NotEqual(WorldDefinition.Standard.WorldVersion, WithHitscan.WorldVersion);
        var world = Crossing(0, WorldDefinition.Standard);
        Assert.Null(Fire(world, 0));
        Assert.False(RoomWorld.TryLoad(WithHitscan, world.Save(), out _, out _));
    }

    [Fact]
    public void System_cannot_be_put_before_one_that_does_not_exist()
    {
        var builder = new WorldBuilder();
        StandardRules.AddTo(builder);
        Assert.Throws<ArgumentException>(() => builder.AddSystemBefore("Nothing", new HitscanTestWeapon()));
    }

    private static WorldDefinition Build()
    {
        var builder = new WorldBuilder();
        StandardRules.AddTo(builder);
        HitscanTestWeapon.AddTo(builder);
        return builder.Build();
    }

    /// <summary>Ann at a place, looking along x, Ben far from her ray; trails are full.</summary>
    private static RoomWorld Room(float x, float y, WorldDefinition? definition = null)
    {
        var world = new RoomWorld(definition ?? WithHitscan, new RoomSettings());
        JoinRule.Join(world, Rooms.Join(Rooms.Ann, type: EntityTypes.Interceptor), x, y, 0);
        JoinRule.Join(world, Rooms.Join(Rooms.Ben, type: EntityTypes.Interceptor), x, y + 150, 0);
        world.Extract(new ChangeSet());
        Tick(world, 20);
        return world;
    }

    /// <summary>Ben crosses Ann's ray at a right angle, 2 m per tick; he was on it this many ticks before the shot's tick and at no other.</summary>
    private static RoomWorld Crossing(int ago, WorldDefinition? definition = null)
    {
        var world = Room(-100, -100, definition);
        for (var left = 20; left >= 1; left--)
        {
            Place(world, -60, -100 + ((ago - left) * StepMetres));
            world.Run();
        }

        Place(world, -60, -100 + (ago * StepMetres));
        return world;
    }

    private static void Tick(RoomWorld world, int ticks)
    {
        for (var i = 0; i < ticks; i++)
            world.Run();
    }

    private static int Target(RoomWorld world) => world.ShipOf(Rooms.Ben);

    private static void Place(RoomWorld world, float x, float y) =>
        world.Edit(StandardComponents.Transform, Target(world), transform => transform with { X = x, Y = y });

    private static void Turn(RoomWorld world, float rotation) =>
        world.Edit(StandardComponents.Transform, world.ShipOf(Rooms.Ann), transform => transform with { Rotation = rotation });

    private static RoomWorld Copy(RoomWorld world)
    {
        Assert.True(RoomWorld.TryLoad(world.Definition, world.Save(), out var copy, out var reason), reason);
        return copy;
    }

    /// <summary>Ann fires in the next tick; the damage of that tick, which only a ray can have done.</summary>
    private static RoomEvent? Fire(RoomWorld world, byte viewDelay, int late = 0)
    {
        var command = Rooms.Input(Rooms.Ann, world.Tick + 1 - (ulong)late, buttons: InputButtons.FirePrimary);
        command.Input.ViewDelay = viewDelay;
        var hits = world.Run(command).FindAll(value => value.Kind == RoomEventKind.Damage);
        return hits.Count == 0 ? null : Assert.Single(hits);
    }
}
