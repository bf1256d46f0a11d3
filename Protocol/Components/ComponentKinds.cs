// The numbers of all component kinds. Source: WIRE_FORMAT §8, WORLD_RULES §3.
namespace Aetheris.Protocol.Components;

/// <summary>Numbers of component kinds: 0–1023 engine core, 1024–2047 official extensions, 32768 and above never reach clients.</summary>
public static class ComponentKinds
{
    /// <summary>Inbound only: an input of the original protocol.</summary>
    public const ushort InputCommand = 128;

    /// <summary>Kinds from here on stay between servers.</summary>
    public const ushort FirstServerOnly = 32768;

    /// <summary><see cref="Components.Transform"/>.</summary>
    public const ushort Transform = 1;

    /// <summary><see cref="Components.Velocity"/>.</summary>
    public const ushort Velocity = 2;

    /// <summary><see cref="Components.ShipStats"/>.</summary>
    public const ushort ShipStats = 3;

    /// <summary><see cref="Components.Loadout"/>.</summary>
    public const ushort Loadout = 4;

    /// <summary><see cref="Components.ShipClassComponent"/>.</summary>
    public const ushort ShipClassComponent = 5;

    /// <summary><see cref="Components.PlayerName"/>.</summary>
    public const ushort PlayerName = 6;

    /// <summary><see cref="Components.FactionTag"/>.</summary>
    public const ushort FactionTag = 7;

    /// <summary><see cref="Components.AsteroidHp"/>.</summary>
    public const ushort AsteroidHp = 8;

    /// <summary><see cref="Components.AsteroidYield"/>.</summary>
    public const ushort AsteroidYield = 9;

    /// <summary><see cref="Components.LootDrop"/>.</summary>
    public const ushort LootDrop = 10;

    /// <summary><see cref="Components.Station"/>.</summary>
    public const ushort Station = 11;

    /// <summary><see cref="Components.JumpGate"/>.</summary>
    public const ushort JumpGate = 12;

    /// <summary><see cref="Components.ProjectileMarker"/>.</summary>
    public const ushort ProjectileMarker = 13;

    /// <summary><see cref="Components.DockedState"/>.</summary>
    public const ushort DockedState = 14;

    /// <summary><see cref="Components.RoomDefinition"/>.</summary>
    public const ushort RoomDefinition = 129;

    /// <summary><see cref="Components.RoomBounds"/>.</summary>
    public const ushort RoomBounds = 130;

    /// <summary><see cref="Components.RoomMembership"/>.</summary>
    public const ushort RoomMembership = 131;

    /// <summary><see cref="Components.MiningBeam"/>.</summary>
    public const ushort MiningBeam = 1024;

    /// <summary><see cref="Components.CargoHold"/>.</summary>
    public const ushort CargoHold = 1025;

    /// <summary><see cref="Components.Asteroid"/>.</summary>
    public const ushort Asteroid = 1026;

    /// <summary><see cref="Components.Weapon"/>.</summary>
    public const ushort Weapon = 1027;

    /// <summary><see cref="Components.ShieldPool"/>.</summary>
    public const ushort ShieldPool = 1028;

    /// <summary><see cref="Components.HullPool"/>.</summary>
    public const ushort HullPool = 1029;

    /// <summary><see cref="Components.CargoDrop"/>.</summary>
    public const ushort CargoDrop = 1030;

    /// <summary><see cref="Components.PilotStatus"/>.</summary>
    public const ushort PilotStatus = 32768;

    /// <summary><see cref="Components.Ownership"/>.</summary>
    public const ushort Ownership = 32769;
}
