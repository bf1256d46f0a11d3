// One row of the table of entity types.
using Aetheris.Protocol.Components;

namespace Aetheris.World;

/// <summary>The numbers of one entity type (WORLD_RULES §4). What is null or 0 the type does not have.</summary>
public sealed record EntityType
{
    /// <summary>Number of the type, in <see cref="Transform.EntityType"/>.</summary>
    public ushort Number { get; init; }

    /// <summary>Name of the type.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>Whether a pilot may fly it.</summary>
    public bool IsShip { get; init; }

    /// <summary>Class.</summary>
    public ShipClass? Class { get; init; }

    /// <summary>Name shown over it while no player gives theirs.</summary>
    public string? DisplayName { get; init; }

    /// <summary>How it moves.</summary>
    public PhysicsBody? Body { get; init; }

    /// <summary>Hull points.</summary>
    public ushort Hull { get; init; }

    /// <summary>Shield points.</summary>
    public ushort Shield { get; init; }

    /// <summary>Energy points.</summary>
    public ushort Energy { get; init; }

    /// <summary>Shield points per second.</summary>
    public ushort ShieldRegenPerSecond { get; init; }

    /// <summary>Energy points per second.</summary>
    public ushort EnergyRegenPerSecond { get; init; }

    /// <summary>Ore that fits into the hold.</summary>
    public ushort CargoCapacity { get; init; }

    /// <summary>Reach of the mining beam, metres.</summary>
    public float BeamRange { get; init; }

    /// <summary>Ore per 10 ticks.</summary>
    public ushort BeamRate { get; init; }

    /// <summary>Ticks between two shots; 0 = no weapon.</summary>
    public ushort WeaponCooldownTicks { get; init; }
}
