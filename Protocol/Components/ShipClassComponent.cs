// The class of a ship. Source: WORLD_RULES §3, kind 5.
using System;
using Aetheris.Protocol.Binary;

namespace Aetheris.Protocol.Components;

/// <summary>The class of a ship.</summary>
public struct ShipClassComponent : IComponent<ShipClassComponent>
{
    public ShipClass Value;

    /// <inheritdoc />
    public readonly bool BitsEqual(in ShipClassComponent other) =>
        Value == other.Value;

    /// <inheritdoc />
    public readonly void Write(ByteWriter writer)
    {
        writer.WriteByte((byte)Value);
    }

    /// <inheritdoc />
    public bool TryRead(ref ByteReader reader)
    {
        byte value = 0;
        if (!(reader.TryReadByte(out value)))
            return false;

        Value = (ShipClass)value;
        return true;
    }
}
