// Firing, aiming, flight and hits (WORLD_RULES §7.5, §7.7).
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Components;
using Aetheris.Protocol.Events;
using CsCheck;

namespace Aetheris.World.Tests;

public class WeaponTests
{
    [Fact]
    public void Held_fire_shoots_whenever_the_weapon_is_ready_and_not_before_tick_thirty()
    {
        var world = Rooms.With((Rooms.Ann, EntityTypes.Interceptor, -100, -100));
        var fired = new List<ulong>();
        for (ulong tick = 1; tick <= 100; tick++)
        {
            world.Run(Rooms.Input(Rooms.Ann, tick, buttons: InputButtons.Fire));
            if (world.Get(StandardComponents.Weapon, world.ShipOf(Rooms.Ann)).LastFiredTick == tick)
                fired.Add(tick);
        }

        Assert.Equal([30UL, 60UL, 90UL], fired);
        Assert.Equal(3, Projectiles(world).Count);
    }

    [Fact]
    public void Fire_primary_fires_once()
    {
        var world = Rooms.With((Rooms.Ann, EntityTypes.Interceptor, -100, -100));
        world.RunUntil(39);
        world.Run(Rooms.Input(Rooms.Ann, 40, buttons: InputButtons.FirePrimary));
        world.RunUntil(90);
        Assert.Equal(40UL, world.Get(StandardComponents.Weapon, world.ShipOf(Rooms.Ann)).LastFiredTick);
        Assert.Single(Projectiles(world));
    }

    [Fact]
    public void One_tick_of_fire_is_not_lost_when_a_newer_input_arrives_in_the_same_tick()
    {
        var world = Rooms.With((Rooms.Ann, EntityTypes.Interceptor, -100, -100));
        world.RunUntil(40);
        world.Run(Rooms.Input(Rooms.Ann, 40, buttons: InputButtons.Fire), Rooms.Input(Rooms.Ann, 41));
        Assert.Single(Projectiles(world));
    }

    [Fact]
    public void Ships_without_a_weapon_do_not_fire()
    {
        var world = Rooms.With((Rooms.Ann, EntityTypes.Hauler, 0, 0));
        world.RunUntil(40);
        world.Run(Rooms.Input(Rooms.Ann, 41, buttons: InputButtons.Fire | InputButtons.FirePrimary));
        Assert.Empty(Projectiles(world));
    }

    [Fact]
    public void Shot_appears_at_the_ship_and_moves_in_the_next_tick()
    {
        var world = Rooms.With((Rooms.Ann, EntityTypes.Interceptor, 0, 0));
        var shot = Shoot(world);
        Assert.Equal(0f, world.Get(StandardComponents.Transform, shot).X);
        Assert.Equal((35f, 0f), (world.Get(StandardComponents.Velocity, shot).X, world.Get(StandardComponents.Velocity, shot).Y));
        var marker = world.Get(StandardComponents.ProjectileMarker, shot);
        Assert.Equal((1UL, 343u, 200f), (marker.Owner, marker.LifetimeTicks, marker.MaxRange));
        world.Run();
        Assert.InRange(world.Get(StandardComponents.Transform, shot).X, 0.583f, 0.584f);
    }

    [Fact]
    public void Nearest_target_may_lie_over_the_edge()
    {
        var world = Rooms.With((Rooms.Ann, EntityTypes.Interceptor, -240, 0), (Rooms.Ben, EntityTypes.Hauler, 240, 0));
        world.Apply(Rooms.Spawn(EntityTypes.Hauler, -200, 0));
        Assert.Equal(-35f, world.Get(StandardComponents.Velocity, Shoot(world)).X);
    }

    [Fact]
    public void Equally_near_targets_are_chosen_by_id()
    {
        var world = Rooms.With((Rooms.Ann, EntityTypes.Interceptor, -100, -100));
        world.Apply(Rooms.Spawn(EntityTypes.Hauler, -100, -80));
        world.Apply(Rooms.Spawn(EntityTypes.Hauler, -100, -120));
        Assert.Equal(35f, world.Get(StandardComponents.Velocity, Shoot(world)).Y);
    }

    [Fact]
    public void Without_a_target_a_shot_follows_the_rotation()
    {
        var world = Rooms.With((Rooms.Ann, EntityTypes.Interceptor, -200, -200));
        world.Edit(StandardComponents.Transform, world.ShipOf(Rooms.Ann), transform => transform with { Rotation = 2.5f });
        var velocity = world.Get(StandardComponents.Velocity, Shoot(world));
        Assert.Equal(35f * MathF.Cos(2.5f), velocity.X, 1e-4f);
        Assert.Equal(35f * MathF.Sin(2.5f), velocity.Y, 1e-4f);
    }

    [Fact]
    public void Shield_takes_a_whole_hit_and_the_hull_nothing()
    {
        var world = Rooms.With((Rooms.Ann, EntityTypes.Interceptor, -100, -100), (Rooms.Ben, EntityTypes.Interceptor, -92, -100));
        Shoot(world);
        var hit = Assert.Single(world.RunTo(world.Tick + 30));
        Assert.Equal((RoomEventKind.Damage, 1UL, 4UL, 25), (hit.Kind, hit.Entity.Value, hit.Other.Value, hit.Amount));
        var ben = world.ShipOf(Rooms.Ben);
        Assert.Equal((75, 200), (world.Get(StandardComponents.ShieldPool, ben).Current, world.Get(StandardComponents.HullPool, ben).Current));
        Assert.Equal(75, world.Get(StandardComponents.ShipStats, ben).Shield);
        Assert.NotEqual(0, world.Get(StandardComponents.ShieldRegeneration, ben).DelayTicks);
        Assert.Empty(Projectiles(world));
    }

    [Fact]
    public void Hull_takes_only_what_the_shield_does_not()
    {
        var world = Rooms.With((Rooms.Ann, EntityTypes.Interceptor, -100, -100), (Rooms.Ben, EntityTypes.Interceptor, -92, -100));
        var ben = world.ShipOf(Rooms.Ben);
        world.Edit(StandardComponents.ShieldPool, ben, pool => pool with { Current = 10 });
        world.Edit(StandardComponents.ShieldRegeneration, ben, _ => new ShieldRegeneration { DelayTicks = 180 });
        Shoot(world);
        world.RunUntil(world.Tick + 30);
        Assert.Equal((0, 185), (world.Get(StandardComponents.ShieldPool, ben).Current, world.Get(StandardComponents.HullPool, ben).Current));
        Assert.Equal(185, world.Get(StandardComponents.ShipStats, ben).Hp);
    }

    [Fact]
    public void Nearest_entity_along_the_flown_segment_is_hit_even_between_two_ticks()
    {
        var world = Rooms.With((Rooms.Ann, EntityTypes.Interceptor, -100, -100));
        world.Apply(Rooms.Spawn(EntityTypes.Hauler, -70, -100));
        world.Apply(Rooms.Spawn(EntityTypes.Hauler, -80, -97));
        var shot = Shoot(world);
        world.Edit(StandardComponents.Velocity, shot, _ => new Velocity { X = 3000 });
        world.Edit(StandardComponents.PhysicsBody, shot, body => body with { MaxVelocity = 4000 });
        Assert.Equal(5UL, Assert.Single(world.Run()).Other.Value);
    }

    [Fact]
    public void Equally_near_entities_are_hit_by_id()
    {
        var world = Rooms.With((Rooms.Ann, EntityTypes.Interceptor, -100, -100));
        world.Apply(Rooms.Spawn(EntityTypes.Hauler, -90, -98));
        world.Apply(Rooms.Spawn(EntityTypes.Hauler, -90, -102));
        var shot = Shoot(world);
        world.Edit(StandardComponents.Velocity, shot, _ => new Velocity { X = 35 });
        Assert.Equal(4UL, Assert.Single(world.RunTo(world.Tick + 30)).Other.Value);
    }

    [Fact]
    public void Whatever_the_grid_a_resting_shot_hits_exactly_what_is_nearer_than_four_metres() =>
        Gen.Select(Gen.Float[-250, 250], Gen.Float[-250, 250], Gen.Float[-6, 6], Gen.Float[-6, 6]).Sample((x, y, offsetX, offsetY) =>
        {
            var bounds = new RoomBounds { MinX = -250, MinY = -250, MaxX = 250, MaxY = 250 };
            var target = new Transform { X = x, Y = y };
            var shot = new Transform { X = Torus.WrapOutside(x + offsetX, -250, 250), Y = Torus.WrapOutside(y + offsetY, -250, 250) };
            var world = Rooms.New();
            var events = world.Run(Rooms.Spawn(EntityTypes.Hauler, x, y), Rooms.Spawn(EntityTypes.Projectile, shot.X, shot.Y));
            ShipMotion.Wrap(ref target, bounds);
            ShipMotion.Wrap(ref shot, bounds);
            var asteroid = new Transform { X = 30 };
            var hits = Torus.DistanceSquared(shot, target, bounds) < 16 || Torus.DistanceSquared(shot, asteroid, bounds) < 16;
            return events.Count == (hits ? 1 : 0);
        }, iter: 5000);

    [Fact]
    public void Shot_flies_over_the_edge_and_hits_there()
    {
        var world = Rooms.With((Rooms.Ann, EntityTypes.Interceptor, 240, 0), (Rooms.Ben, EntityTypes.Hauler, -240, 0));
        Shoot(world);
        Assert.Equal(4UL, Assert.Single(world.RunTo(world.Tick + 60)).Other.Value);
    }

    [Fact]
    public void Shot_reaches_a_target_at_the_end_of_its_range_and_ends_without_an_event()
    {
        var world = Rooms.With((Rooms.Ann, EntityTypes.Interceptor, -220, -220), (Rooms.Ben, EntityTypes.Hauler, -21, -220));
        Shoot(world);
        var hit = Assert.Single(world.RunTo(world.Tick + 345));
        Assert.Equal((RoomEventKind.Damage, 4UL), (hit.Kind, hit.Other.Value));

        world.Edit(StandardComponents.Transform, world.ShipOf(Rooms.Ben), transform => transform with { X = -10 });
        var shot = Shoot(world);
        var id = world.Entities.IdOf(shot).Value;
        Assert.Empty(world.RunTo(world.Tick + 342));
        Assert.True(world.Exists(id));
        Assert.Empty(world.RunTo(world.Tick + 2));
        Assert.False(world.Exists(id));
    }

    [Theory]
    [InlineData(0, 0, -90f)]
    [InlineData(5, 0, -95f)]
    [InlineData(3, 2, -95f)]
    [InlineData(12, 0, -102f)]
    [InlineData(200, 0, -102f)]
    public void Aim_takes_the_place_at_the_tick_that_the_pilot_saw(byte viewDelay, int late, float aimedX)
    {
        var world = Rooms.With((Rooms.Ann, EntityTypes.Interceptor, -100, -100), (Rooms.Ben, EntityTypes.Hauler, 0, 0));
        world.RunUntil(30);
        for (var x = -120; x <= -91; x++)
        {
            world.Edit(StandardComponents.Transform, world.ShipOf(Rooms.Ben), transform => transform with { X = x, Y = -80 });
            world.Run();
        }

        world.Edit(StandardComponents.Transform, world.ShipOf(Rooms.Ben), transform => transform with { X = -90, Y = -80 });
        var command = Rooms.Input(Rooms.Ann, world.Tick + 1 - (ulong)late, buttons: InputButtons.FirePrimary);
        command.Input.ViewDelay = viewDelay;
        world.Run(command);
        var velocity = world.Get(StandardComponents.Velocity, Projectiles(world)[0]);
        Assert.Equal((aimedX + 100) / 20, velocity.X / velocity.Y, 1e-3f);
    }

    [Fact]
    public void Shot_ends_beyond_its_range_and_hits_nothing_there()
    {
        var world = Rooms.With((Rooms.Ann, EntityTypes.Interceptor, -100, -100), (Rooms.Ben, EntityTypes.Hauler, -80, -100));
        var shot = Shoot(world);
        var id = world.Entities.IdOf(shot).Value;
        world.Edit(StandardComponents.ProjectileMarker, shot, marker => marker with { MaxRange = 10 });
        Assert.Empty(world.RunTo(world.Tick + 17));
        Assert.True(world.Exists(id));
        Assert.Empty(world.RunTo(world.Tick + 60));
        Assert.False(world.Exists(id));
    }

    [Fact]
    public void Fire_and_projectiles_are_saved()
    {
        var world = Rooms.With((Rooms.Ann, EntityTypes.Interceptor, -100, -100), (Rooms.Ben, EntityTypes.Interceptor, -80, -100));
        Shoot(world);
        world.RunUntil(world.Tick + 10);
        Assert.True(RoomWorld.TryLoad(WorldDefinition.Standard, world.Save(), out var loaded, out var reason), reason);
        Assert.Single(world.RunTo(world.Tick + 40));
        Assert.Single(loaded.RunTo(loaded.Tick + 40));
        Assert.Equal(world.StateHash(), loaded.StateHash());
    }

    /// <summary>Ann fires one shot at a tick at which her weapon is ready; returns its slot.</summary>
    internal static int Shoot(RoomWorld world)
    {
        world.RunUntil(Math.Max(29, world.Get(StandardComponents.Weapon, world.ShipOf(Rooms.Ann)).LastFiredTick + 30));
        world.Run(Rooms.Input(Rooms.Ann, world.Tick + 1, buttons: InputButtons.FirePrimary));
        return Projectiles(world)[^1];
    }

    private static List<int> Projectiles(RoomWorld world)
    {
        var found = new List<int>();
        foreach (var slot in world.Entities.Slots)
        {
            if (world.Entities.Column(StandardComponents.ProjectileMarker).Has(slot))
                found.Add(slot);
        }

        return found;
    }
}
