// Reads the unit-only enums that several components carry.
using Aetheris.Protocol.Codec1.MessagePack;
using Aetheris.Protocol.Components;

namespace Aetheris.Protocol.Codec1.Components;

/// <summary>False for a variant the original refuses; the value is then undefined. Source: WIRE_FORMAT §8.</summary>
internal static class EnumValues
{
    /// <summary>Reads a ship class.</summary>
    public static bool TryReadShipClass(scoped ref MessagePackReader reader, out ShipClass value)
    {
        var read = reader.TryReadUnitVariant(EnumShapes.ShipClass, out var index);
        value = (ShipClass)index;
        return read;
    }

    /// <summary>Reads an ore type.</summary>
    public static bool TryReadOreType(scoped ref MessagePackReader reader, out OreType value)
    {
        var read = reader.TryReadUnitVariant(EnumShapes.OreType, out var index);
        value = (OreType)index;
        return read;
    }
}
