// Keys of the components that every world has.
using System.Collections.Generic;
using Aetheris.Protocol.Components;

namespace Aetheris.World;

/// <summary>The 24 replicated components of WORLD_RULES §3, the two that ride in frames only, and those that stay in the room.</summary>
public static class StandardComponents
{
    private static readonly WorldBuilder Own = new();

    /// <summary>Kind 1.</summary>
    public static readonly ComponentKey<Transform> Transform = Own.AddComponent<Transform>(ComponentKinds.Transform, nameof(Transform));

    /// <summary>Kind 2.</summary>
    public static readonly ComponentKey<Velocity> Velocity = Own.AddComponent<Velocity>(ComponentKinds.Velocity, nameof(Velocity));

    /// <summary>Kind 3.</summary>
    public static readonly ComponentKey<ShipStats> ShipStats = Own.AddComponent<ShipStats>(ComponentKinds.ShipStats, nameof(ShipStats));

    /// <summary>Kind 4.</summary>
    public static readonly ComponentKey<Loadout> Loadout = Own.AddComponent<Loadout>(ComponentKinds.Loadout, nameof(Loadout));

    /// <summary>Kind 5.</summary>
    public static readonly ComponentKey<ShipClassComponent> ShipClassComponent = Own.AddComponent<ShipClassComponent>(ComponentKinds.ShipClassComponent, nameof(ShipClassComponent));

    /// <summary>Kind 6.</summary>
    public static readonly ComponentKey<PlayerName> PlayerName = Own.AddComponent<PlayerName>(ComponentKinds.PlayerName, nameof(PlayerName));

    /// <summary>Kind 7.</summary>
    public static readonly ComponentKey<FactionTag> FactionTag = Own.AddComponent<FactionTag>(ComponentKinds.FactionTag, nameof(FactionTag));

    /// <summary>Kind 8.</summary>
    public static readonly ComponentKey<AsteroidHp> AsteroidHp = Own.AddComponent<AsteroidHp>(ComponentKinds.AsteroidHp, nameof(AsteroidHp));

    /// <summary>Kind 9.</summary>
    public static readonly ComponentKey<AsteroidYield> AsteroidYield = Own.AddComponent<AsteroidYield>(ComponentKinds.AsteroidYield, nameof(AsteroidYield));

    /// <summary>Kind 10.</summary>
    public static readonly ComponentKey<LootDrop> LootDrop = Own.AddComponent<LootDrop>(ComponentKinds.LootDrop, nameof(LootDrop));

    /// <summary>Kind 11.</summary>
    public static readonly ComponentKey<Station> Station = Own.AddComponent<Station>(ComponentKinds.Station, nameof(Station));

    /// <summary>Kind 12.</summary>
    public static readonly ComponentKey<JumpGate> JumpGate = Own.AddComponent<JumpGate>(ComponentKinds.JumpGate, nameof(JumpGate));

    /// <summary>Kind 13.</summary>
    public static readonly ComponentKey<ProjectileMarker> ProjectileMarker = Own.AddComponent<ProjectileMarker>(ComponentKinds.ProjectileMarker, nameof(ProjectileMarker));

    /// <summary>Kind 14.</summary>
    public static readonly ComponentKey<DockedState> DockedState = Own.AddComponent<DockedState>(ComponentKinds.DockedState, nameof(DockedState));

    /// <summary>Kind 129.</summary>
    public static readonly ComponentKey<RoomDefinition> RoomDefinition = Own.AddComponent<RoomDefinition>(ComponentKinds.RoomDefinition, nameof(RoomDefinition));

    /// <summary>Kind 130.</summary>
    public static readonly ComponentKey<RoomBounds> RoomBounds = Own.AddComponent<RoomBounds>(ComponentKinds.RoomBounds, nameof(RoomBounds));

    /// <summary>Kind 131.</summary>
    public static readonly ComponentKey<RoomMembership> RoomMembership = Own.AddComponent<RoomMembership>(ComponentKinds.RoomMembership, nameof(RoomMembership));

    /// <summary>Kind 1024.</summary>
    public static readonly ComponentKey<MiningBeam> MiningBeam = Own.AddComponent<MiningBeam>(ComponentKinds.MiningBeam, nameof(MiningBeam));

    /// <summary>Kind 1025.</summary>
    public static readonly ComponentKey<CargoHold> CargoHold = Own.AddComponent<CargoHold>(ComponentKinds.CargoHold, nameof(CargoHold));

    /// <summary>Kind 1026.</summary>
    public static readonly ComponentKey<Asteroid> Asteroid = Own.AddComponent<Asteroid>(ComponentKinds.Asteroid, nameof(Asteroid));

    /// <summary>Kind 1027.</summary>
    public static readonly ComponentKey<Weapon> Weapon = Own.AddComponent<Weapon>(ComponentKinds.Weapon, nameof(Weapon));

    /// <summary>Kind 1028.</summary>
    public static readonly ComponentKey<ShieldPool> ShieldPool = Own.AddComponent<ShieldPool>(ComponentKinds.ShieldPool, nameof(ShieldPool));

    /// <summary>Kind 1029.</summary>
    public static readonly ComponentKey<HullPool> HullPool = Own.AddComponent<HullPool>(ComponentKinds.HullPool, nameof(HullPool));

    /// <summary>Kind 1030.</summary>
    public static readonly ComponentKey<CargoDrop> CargoDrop = Own.AddComponent<CargoDrop>(ComponentKinds.CargoDrop, nameof(CargoDrop));

    /// <summary>In frames only.</summary>
    public static readonly ComponentKey<PilotStatus> PilotStatus = Own.AddComponent<PilotStatus>(ComponentKinds.PilotStatus, nameof(PilotStatus));

    /// <summary>In frames only.</summary>
    public static readonly ComponentKey<Ownership> Ownership = Own.AddComponent<Ownership>(ComponentKinds.Ownership, nameof(Ownership));

    /// <summary>Stays in the room. The inputs of a piloted ship.</summary>
    public static readonly ComponentKey<PilotInput> PilotInput = Own.AddComponent<PilotInput>(32776, nameof(PilotInput), inFrames: false);

    /// <summary>Stays in the room. What thrust does to it.</summary>
    public static readonly ComponentKey<PhysicsBody> PhysicsBody = Own.AddComponent<PhysicsBody>(32777, nameof(PhysicsBody), inFrames: false);

    /// <summary>Stays in the room. How far its shield is from the next point.</summary>
    public static readonly ComponentKey<ShieldRegeneration> ShieldRegeneration = Own.AddComponent<ShieldRegeneration>(32778, nameof(ShieldRegeneration), inFrames: false);

    /// <summary>Stays in the room. Ticks until it goes by itself.</summary>
    public static readonly ComponentKey<Lifetime> Lifetime = Own.AddComponent<Lifetime>(32779, nameof(Lifetime), inFrames: false);

    /// <summary>Stays in the room. Where it comes back to.</summary>
    public static readonly ComponentKey<SpawnOrigin> SpawnOrigin = Own.AddComponent<SpawnOrigin>(32780, nameof(SpawnOrigin), inFrames: false);

    /// <summary>Stays in the room. Where it was in the last ticks.</summary>
    public static readonly ComponentKey<PositionTrail> PositionTrail = Own.AddComponent<PositionTrail>(32781, nameof(PositionTrail), inFrames: false);

    /// <summary>How many there are: components from this index on are a game's own.</summary>
    internal static int Count => Own.Components.Count;

    /// <summary>Registers them; they are a builder's first components, so that the keys here are valid in every definition.</summary>
    internal static void AddTo(WorldBuilder builder)
    {
        foreach (var component in Own.Components)
            builder.Add(component);
    }

    internal static bool AreFirstIn(List<ComponentDefinition> components)
    {
        var own = Own.Components;
        if (components.Count < own.Count)
            return false;
        for (var i = 0; i < own.Count; i++)
        {
            if (components[i] != own[i])
                return false;
        }

        return true;
    }
}
