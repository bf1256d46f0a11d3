// Ore in the hold. Source: WORLD_RULES §3, kind 1025.
using System;
using Aetheris.Protocol.Binary;

namespace Aetheris.Protocol.Components;

/// <summary>Ore in the hold.</summary>
public struct CargoHold : IComponent<CargoHold>
{
    public ushort OreCount;
    public ushort Capacity;

    /// <inheritdoc />
    public readonly bool BitsEqual(in CargoHold other) =>
        OreCount == other.OreCount
        && Capacity == other.Capacity;

    /// <inheritdoc />
    public readonly void Write(ByteWriter writer)
    {
        writer.WriteUInt16(OreCount);
        writer.WriteUInt16(Capacity);
    }

    /// <inheritdoc />
    public bool TryRead(ref ByteReader reader)
    {
        return reader.TryReadUInt16(out OreCount)
            && reader.TryReadUInt16(out Capacity);
    }
}
