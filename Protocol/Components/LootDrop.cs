// Loot that floats in space. Source: WORLD_RULES §3, kind 10.
using System;
using Aetheris.Protocol.Binary;

namespace Aetheris.Protocol.Components;

/// <summary>Loot that floats in space.</summary>
public struct LootDrop : IComponent<LootDrop>
{
    public OreType OreType;
    public ushort Quantity;

    /// <inheritdoc />
    public readonly bool BitsEqual(in LootDrop other) =>
        OreType == other.OreType
        && Quantity == other.Quantity;

    /// <inheritdoc />
    public readonly void Write(ByteWriter writer)
    {
        writer.WriteByte((byte)OreType);
        writer.WriteUInt16(Quantity);
    }

    /// <inheritdoc />
    public bool TryRead(ref ByteReader reader)
    {
        byte oreType = 0;
        if (!(reader.TryReadByte(out oreType)
            && reader.TryReadUInt16(out Quantity)))
            return false;

        OreType = (OreType)oreType;
        return true;
    }
}
