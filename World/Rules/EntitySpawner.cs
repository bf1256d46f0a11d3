// How entities come into being. Source: WORLD_RULES §5.
using Aetheris.Protocol.Components;
using Aetheris.Protocol.Identity;

namespace Aetheris.World;

/// <summary>Spawning by type, and the room that appears with the first spawn.</summary>
public static class EntitySpawner
{
    /// <summary>Name in the room's definition (W-12).</summary>
    public const string RoomDefinitionName = "Playground_Master";

    /// <summary>Half the side of a room, metres (W-12).</summary>
    public const float RoomHalfSize = 250f;

    private const float FirstAsteroidX = 30f;
    private const int RoomAndAsteroid = 2;

    /// <summary>The bounds of a room, also while it has not appeared yet.</summary>
    public static RoomBounds BoundsOf(RoomWorld world) =>
        world.Room != NetworkId.None && world.Entities.TryGetSlot(world.Room, out var slot)
            ? world.Entities.Column(StandardComponents.RoomBounds)[slot]
            : new RoomBounds { MinX = -RoomHalfSize, MinY = -RoomHalfSize, MaxX = RoomHalfSize, MaxY = RoomHalfSize };

    /// <summary>Whether one more entity fits, with the room and its asteroid if they are still to appear.</summary>
    public static bool HasRoomFor(RoomWorld world) => world.FreeEntities >= 1 + (world.Room == NetworkId.None ? RoomAndAsteroid : 0);

    /// <summary>
    /// Spawns one entity with all components of its type (W-10). The entity takes its id before the room appears (W-07): in an empty
    /// room the first spawn is 1, the room 2, its asteroid 3. A place outside the bounds is wrapped at once (W-D27); one inside keeps
    /// its bits until the next tick.
    /// </summary>
    /// <param name="world">The room.</param>
    /// <param name="type">Its type; an unknown one has only place, velocity and membership.</param>
    /// <param name="x">Metres.</param>
    /// <param name="y">Metres.</param>
    /// <param name="rotation">Radians.</param>
    /// <returns>Its slot, or −1 when the room holds as many entities as it may.</returns>
    public static int Spawn(RoomWorld world, ushort type, float x, float y, float rotation)
    {
        if (!HasRoomFor(world))
            return -1;
        var slot = world.Create();
        if (world.Room == NetworkId.None)
            CreateRoom(world);

        var bounds = BoundsOf(world);
        x = Torus.WrapOutside(x, bounds.MinX, bounds.MaxX);
        y = Torus.WrapOutside(y, bounds.MinY, bounds.MaxY);
        var entities = world.Entities;
        entities.Column(StandardComponents.Transform).Set(slot, new Transform { X = x, Y = y, Rotation = rotation, EntityType = type });
        entities.Column(StandardComponents.Velocity).Set(slot, default);
        entities.Column(StandardComponents.RoomMembership).Set(slot, new RoomMembership { Room = world.Room.Value });
        if (EntityTypes.TryGet(type, out var row))
            AddComponents(entities, slot, row, x, y);
        return slot;
    }

    private static void CreateRoom(RoomWorld world)
    {
        var slot = world.Create();
        var bounds = BoundsOf(world);
        world.Room = world.Entities.IdOf(slot);
        world.Entities.Column(StandardComponents.RoomDefinition).Set(
            slot, new RoomDefinition { Name = RoomDefinitionName, Permission = string.Empty, Capacity = world.Settings.Capacity });
        world.Entities.Column(StandardComponents.RoomBounds).Set(slot, bounds);
        world.Entities.Column(StandardComponents.RoomMembership).Set(slot, new RoomMembership { Room = world.Room.Value });
        Spawn(world, EntityTypes.Asteroid, FirstAsteroidX, 0, 0);
    }

    private static void AddComponents(EntityTable entities, int slot, EntityType type, float x, float y)
    {
        if (type.Body is { } body)
            entities.Column(StandardComponents.PhysicsBody).Set(slot, body);
        if (type.Class is { } shipClass)
            entities.Column(StandardComponents.ShipClassComponent).Set(slot, new ShipClassComponent { Value = shipClass });
        if (type.DisplayName is { } name)
            entities.Column(StandardComponents.PlayerName).Set(slot, new PlayerName { Name = name });
        if (type.Hull > 0)
            entities.Column(StandardComponents.HullPool).Set(slot, new HullPool { Current = type.Hull, Max = type.Hull });
        if (type.Shield > 0)
            entities.Column(StandardComponents.ShieldPool).Set(slot, new ShieldPool { Current = type.Shield, Max = type.Shield });
        if (type.IsShip)
            AddShipComponents(entities, slot, type);

        switch (type.Number)
        {
            case EntityTypes.Asteroid:
                entities.Column(StandardComponents.AsteroidHp).Set(slot, new AsteroidHp { Hp = EntityTypes.AsteroidHp, MaxHp = EntityTypes.AsteroidHp });
                entities.Column(StandardComponents.Asteroid).Set(
                    slot, new Asteroid { OreRemaining = EntityTypes.AsteroidOre, TotalCapacity = EntityTypes.AsteroidOre });
                break;
            case EntityTypes.CargoDrop:
                entities.Column(StandardComponents.CargoDrop).Set(slot, default);
                entities.Column(StandardComponents.Lifetime).Set(slot, new Lifetime { TicksLeft = EntityTypes.DropLifetimeTicks });
                break;
            case EntityTypes.TrainingDummy:
                entities.Column(StandardComponents.SpawnOrigin).Set(slot, new SpawnOrigin { X = x, Y = y });
                break;
            case EntityTypes.Projectile:
                entities.Column(StandardComponents.ProjectileMarker).Set(slot, new ProjectileMarker
                {
                    SpawnX = x,
                    SpawnY = y,
                    MaxRange = EntityTypes.ProjectileRange,
                    LifetimeTicks = EntityTypes.ProjectileLifetimeTicks,
                });
                break;
        }
    }

    private static void AddShipComponents(EntityTable entities, int slot, EntityType type)
    {
        entities.Column(StandardComponents.ShipStats).Set(slot, new ShipStats
        {
            Hp = type.Hull,
            MaxHp = type.Hull,
            Shield = type.Shield,
            MaxShield = type.Shield,
            Energy = type.Energy,
            MaxEnergy = type.Energy,
            ShieldRegenPerSecond = type.ShieldRegenPerSecond,
            EnergyRegenPerSecond = type.EnergyRegenPerSecond,
        });
        entities.Column(StandardComponents.MiningBeam).Set(slot, new MiningBeam { MiningRange = type.BeamRange, BaseMiningRate = type.BeamRate });
        entities.Column(StandardComponents.CargoHold).Set(slot, new CargoHold { Capacity = type.CargoCapacity });
        entities.Column(StandardComponents.ShieldRegeneration).Set(slot, default);
        if (type.WeaponCooldownTicks > 0)
            entities.Column(StandardComponents.Weapon).Set(slot, new Weapon { CooldownTicks = type.WeaponCooldownTicks });
    }
}
