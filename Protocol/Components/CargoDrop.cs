// Ore that floats in space. Source: WORLD_RULES §3, kind 1030.
using System;
using Aetheris.Protocol.Binary;

namespace Aetheris.Protocol.Components;

/// <summary>Ore that floats in space.</summary>
public struct CargoDrop : IComponent<CargoDrop>
{
    /// <summary>Ore.</summary>
    public ushort Quantity;

    /// <inheritdoc />
    public readonly bool BitsEqual(in CargoDrop other) =>
        Quantity == other.Quantity;

    /// <inheritdoc />
    public readonly void Write(ByteWriter writer)
    {
        writer.WriteUInt16(Quantity);
    }

    /// <inheritdoc />
    public bool TryRead(ref ByteReader reader)
    {
        return reader.TryReadUInt16(out Quantity);
    }
}
