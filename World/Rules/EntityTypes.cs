// The table of entity types: every number of theirs stands here and nowhere else. Source: WORLD_RULES §4.
using Aetheris.Protocol.Components;

namespace Aetheris.World;

/// <summary>Numbers of the entity types.</summary>
public static class EntityTypes
{
    public const ushort Interceptor = 1;
    public const ushort AiInterceptor = 2;
    public const ushort Dreadnought = 3;
    public const ushort Hauler = 4;
    public const ushort Asteroid = 5;
    public const ushort CargoDrop = 6;
    public const ushort TrainingDummy = 10;
    public const ushort Projectile = 20;

    /// <summary>Structure points of an asteroid.</summary>
    public const ushort AsteroidHp = 500;

    /// <summary>Ore in a new asteroid.</summary>
    public const ushort AsteroidOre = 100;

    /// <summary>Reach of a projectile, metres.</summary>
    public const float ProjectileRange = 200f;

    /// <summary>Life of a projectile: its range at 35 m/s, in ticks (W-D26).</summary>
    public const uint ProjectileLifetimeTicks = 343;

    /// <summary>Life of a cargo drop, in ticks (DESIGN §7).</summary>
    public const uint DropLifetimeTicks = 3600;

    private static readonly EntityType?[] Table = BuildTable();

    /// <summary>Finds a type.</summary>
    public static bool TryGet(ushort number, out EntityType type)
    {
        type = (number < Table.Length ? Table[number] : null)!;
        return type is not null;
    }

    private static EntityType?[] BuildTable()
    {
        var interceptor = new EntityType
        {
            Number = Interceptor,
            Name = "Interceptor",
            IsShip = true,
            Class = ShipClass.Interceptor,
            DisplayName = "Player",
            Body = new PhysicsBody(100, 10000, 100, 270, 2, 2),
            Hull = 200,
            Shield = 100,
            Energy = 100,
            ShieldRegenPerSecond = 5,
            EnergyRegenPerSecond = 10,
            CargoCapacity = 500,
            BeamRange = 15,
            BeamRate = 2,
            WeaponCooldownTicks = 30,
        };
        var rows = new[]
        {
            interceptor,
            interceptor with { Number = AiInterceptor, Name = "AI Interceptor", DisplayName = "AI Interceptor" },
            new EntityType
            {
                Number = Dreadnought,
                Name = "Dreadnought",
                IsShip = true,
                Class = ShipClass.Dreadnought,
                DisplayName = "Dreadnought",
                Body = new PhysicsBody(400, 40000, 60, 60, 2, 2),
                Hull = 1500,
                Shield = 500,
                Energy = 300,
                ShieldRegenPerSecond = 15,
                EnergyRegenPerSecond = 20,
                CargoCapacity = 500,
            },
            new EntityType
            {
                Number = Hauler,
                Name = "Hauler",
                IsShip = true,
                Class = ShipClass.Hauler,
                DisplayName = "Hauler",
                Body = new PhysicsBody(200, 25000, 80, 150, 2, 2),
                Hull = 600,
                Shield = 200,
                Energy = 150,
                ShieldRegenPerSecond = 8,
                EnergyRegenPerSecond = 12,
                CargoCapacity = 500,
            },
            new EntityType { Number = Asteroid, Name = "Asteroid" },
            new EntityType { Number = CargoDrop, Name = "Cargo drop", Body = new PhysicsBody(10, 0, 10, 0, 2, 0) },
            new EntityType
            {
                Number = TrainingDummy,
                Name = "Training dummy",
                Class = ShipClass.Hauler,
                DisplayName = "Training Dummy",
                Body = new PhysicsBody(200, 0, 0, 0, 1, 0),
                Hull = 100,
                Shield = 50,
            },
            new EntityType { Number = Projectile, Name = "Projectile", Body = new PhysicsBody(1, 0, 1000, 0, 0, 0) },
        };
        var table = new EntityType?[Projectile + 1];
        foreach (var row in rows)
            table[row.Number] = row;
        return table;
    }
}
