// Ore left in an asteroid. Source: WORLD_RULES §3, kind 1026.
using System;
using Aetheris.Protocol.Binary;

namespace Aetheris.Protocol.Components;

/// <summary>Ore left in an asteroid.</summary>
public struct Asteroid : IComponent<Asteroid>
{
    public ushort OreRemaining;
    public ushort TotalCapacity;

    /// <inheritdoc />
    public readonly bool BitsEqual(in Asteroid other) =>
        OreRemaining == other.OreRemaining
        && TotalCapacity == other.TotalCapacity;

    /// <inheritdoc />
    public readonly void Write(ByteWriter writer)
    {
        writer.WriteUInt16(OreRemaining);
        writer.WriteUInt16(TotalCapacity);
    }

    /// <inheritdoc />
    public bool TryRead(ref ByteReader reader)
    {
        return reader.TryReadUInt16(out OreRemaining)
            && reader.TryReadUInt16(out TotalCapacity);
    }
}
