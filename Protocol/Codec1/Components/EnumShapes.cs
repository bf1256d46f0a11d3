// The enums that occur inside payloads. Order is the declaration order of the original, which is also that of our enums.
using Aetheris.Protocol.Codec1.MessagePack;

namespace Aetheris.Protocol.Codec1.Components;

/// <summary>Names of the variants (WIRE_FORMAT §8).</summary>
public static class EnumShapes
{
    /// <summary><see cref="Protocol.Components.ShipClass"/>.</summary>
    public static EnumShape ShipClass { get; } = new("Interceptor", "Dreadnought", "Hauler");

    /// <summary><see cref="Protocol.Components.OreType"/>.</summary>
    public static EnumShape OreType { get; } = new("RawOre");

    /// <summary><see cref="Protocol.Components.ProjectileType"/>.</summary>
    public static EnumShape ProjectileType { get; } = new("PulseLaser", "SeekerMissile");

    /// <summary><see cref="Protocol.Components.RoomAccess"/>; Permission carries a text.</summary>
    public static EnumShape RoomAccess { get; } = new("Open", "Permission", "InviteOnly", "Locked");
}
