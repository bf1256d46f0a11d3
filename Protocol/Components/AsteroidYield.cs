// What an asteroid gives when it is destroyed. Source: WORLD_RULES §3, kind 9.
using System;
using Aetheris.Protocol.Binary;

namespace Aetheris.Protocol.Components;

/// <summary>What an asteroid gives when it is destroyed.</summary>
public struct AsteroidYield : IComponent<AsteroidYield>
{
    public OreType OreType;
    public ushort OrePerDestroy;

    /// <inheritdoc />
    public readonly bool BitsEqual(in AsteroidYield other) =>
        OreType == other.OreType
        && OrePerDestroy == other.OrePerDestroy;

    /// <inheritdoc />
    public readonly void Write(ByteWriter writer)
    {
        writer.WriteByte((byte)OreType);
        writer.WriteUInt16(OrePerDestroy);
    }

    /// <inheritdoc />
    public bool TryRead(ref ByteReader reader)
    {
        byte oreType = 0;
        if (!(reader.TryReadByte(out oreType)
            && reader.TryReadUInt16(out OrePerDestroy)))
            return false;

        OreType = (OreType)oreType;
        return true;
    }
}
