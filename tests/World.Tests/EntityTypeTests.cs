// What each entity type is made of (WORLD_RULES §4).
using Aetheris.Protocol.Components;

namespace Aetheris.World.Tests;

public class EntityTypeTests
{
    private const string Always = "Transform Velocity RoomMembership ";
    private const string Ship = Always + "ShipStats ShipClassComponent PlayerName MiningBeam CargoHold ShieldPool HullPool PhysicsBody ShieldRegeneration ";

    [Theory]
    [InlineData(EntityTypes.Interceptor, Ship + "Weapon")]
    [InlineData(EntityTypes.AiInterceptor, Ship + "Weapon")]
    [InlineData(EntityTypes.Dreadnought, Ship)]
    [InlineData(EntityTypes.Hauler, Ship)]
    [InlineData(EntityTypes.Asteroid, Always + "AsteroidHp Asteroid")]
    [InlineData(EntityTypes.CargoDrop, Always + "CargoDrop PhysicsBody Lifetime")]
    [InlineData(EntityTypes.TrainingDummy, Always + "ShipClassComponent PlayerName ShieldPool HullPool PhysicsBody SpawnOrigin")]
    [InlineData(EntityTypes.Projectile, Always + "ProjectileMarker PhysicsBody")]
    [InlineData(99, Always)]
    public void Type_has_exactly_its_components(ushort type, string components)
    {
        var (world, slot) = Spawned(type);
        var found = world.Definition.Components.Where(component => (world.Entities.MaskOf(slot) & component.Bit) != 0).Select(component => component.Name);
        Assert.Equal(components.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(EntityTypes.Interceptor, ShipClass.Interceptor, "Player", 200, 100, 100, 5, 10, 100f, 10000f, 100f, 270f, 15f, 2, 30)]
    [InlineData(EntityTypes.AiInterceptor, ShipClass.Interceptor, "AI Interceptor", 200, 100, 100, 5, 10, 100f, 10000f, 100f, 270f, 15f, 2, 30)]
    [InlineData(EntityTypes.Dreadnought, ShipClass.Dreadnought, "Dreadnought", 1500, 500, 300, 15, 20, 400f, 40000f, 60f, 60f, 0f, 0, 0)]
    [InlineData(EntityTypes.Hauler, ShipClass.Hauler, "Hauler", 600, 200, 150, 8, 12, 200f, 25000f, 80f, 150f, 0f, 0, 0)]
    public void Ship_has_the_numbers_of_its_type(
        ushort type, ShipClass shipClass, string name, int hull, int shield, int energy, int shieldRate, int energyRate, float mass, float thrust, float speed, float turn, float range, int rate, int cooldown)
    {
        var (world, slot) = Spawned(type);
        Assert.Equal((shipClass, name), (world.Get(StandardComponents.ShipClassComponent, slot).Value, world.Get(StandardComponents.PlayerName, slot).Name));
        var stats = world.Get(StandardComponents.ShipStats, slot);
        Assert.Equal((hull, hull, shield, shield, energy, energy), (stats.Hp, stats.MaxHp, stats.Shield, stats.MaxShield, stats.Energy, stats.MaxEnergy));
        Assert.Equal((shieldRate, energyRate), (stats.ShieldRegenPerSecond, stats.EnergyRegenPerSecond));
        Assert.True(world.Get(StandardComponents.PhysicsBody, slot).BitsEqual(new PhysicsBody(mass, thrust, speed, turn, 2, 2)));
        var (hulls, shields) = (world.Get(StandardComponents.HullPool, slot), world.Get(StandardComponents.ShieldPool, slot));
        Assert.Equal((hull, hull, shield, shield), (hulls.Current, hulls.Max, shields.Current, shields.Max));
        Assert.Equal((0, 500), (world.Get(StandardComponents.CargoHold, slot).OreCount, world.Get(StandardComponents.CargoHold, slot).Capacity));
        var beam = world.Get(StandardComponents.MiningBeam, slot);
        Assert.Equal((range, rate, false), (beam.MiningRange, (int)beam.BaseMiningRate, beam.Active));
        Assert.Equal((cooldown, 0UL), (world.Get(StandardComponents.Weapon, slot).CooldownTicks, world.Get(StandardComponents.Weapon, slot).LastFiredTick));
    }

    [Fact]
    public void What_is_no_ship_has_the_numbers_of_its_type()
    {
        var (asteroids, asteroid) = Spawned(EntityTypes.Asteroid);
        Assert.Equal((500, 500), (asteroids.Get(StandardComponents.AsteroidHp, asteroid).Hp, asteroids.Get(StandardComponents.AsteroidHp, asteroid).MaxHp));
        Assert.Equal((100, 100), (asteroids.Get(StandardComponents.Asteroid, asteroid).OreRemaining, asteroids.Get(StandardComponents.Asteroid, asteroid).TotalCapacity));

        var (drops, drop) = Spawned(EntityTypes.CargoDrop);
        Assert.Equal(0, drops.Get(StandardComponents.CargoDrop, drop).Quantity);
        Assert.True(drops.Get(StandardComponents.PhysicsBody, drop).BitsEqual(new PhysicsBody(10, 0, 10, 0, 2, 0)));

        var (dummies, dummy) = Spawned(EntityTypes.TrainingDummy);
        Assert.Equal((100, 50), (dummies.Get(StandardComponents.HullPool, dummy).Max, dummies.Get(StandardComponents.ShieldPool, dummy).Max));
        Assert.Equal((ShipClass.Hauler, "Training Dummy"), (dummies.Get(StandardComponents.ShipClassComponent, dummy).Value, dummies.Get(StandardComponents.PlayerName, dummy).Name));
        Assert.True(dummies.Get(StandardComponents.PhysicsBody, dummy).BitsEqual(new PhysicsBody(200, 0, 0, 0, 1, 0)));

        var (shots, shot) = Spawned(EntityTypes.Projectile);
        var marker = shots.Get(StandardComponents.ProjectileMarker, shot);
        Assert.Equal((ProjectileType.PulseLaser, 7f, 8f, 200f, 0UL, 343u), (marker.ProjectileType, marker.SpawnX, marker.SpawnY, marker.MaxRange, marker.Owner, marker.LifetimeTicks));
        Assert.True(shots.Get(StandardComponents.PhysicsBody, shot).BitsEqual(new PhysicsBody(1, 0, 1000, 0, 0, 0)));
    }

    private static (RoomWorld World, int Slot) Spawned(ushort type)
    {
        var world = Rooms.New();
        return (world, EntitySpawner.Spawn(world, type, 7, 8, 0.5f));
    }
}
