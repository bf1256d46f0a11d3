// The faction an entity belongs to. Source: WORLD_RULES §3, kind 7.
using System;
using Aetheris.Protocol.Binary;

namespace Aetheris.Protocol.Components;

/// <summary>The faction an entity belongs to.</summary>
public struct FactionTag : IComponent<FactionTag>
{
    public byte FactionId;

    /// <inheritdoc />
    public readonly bool BitsEqual(in FactionTag other) =>
        FactionId == other.FactionId;

    /// <inheritdoc />
    public readonly void Write(ByteWriter writer)
    {
        writer.WriteByte(FactionId);
    }

    /// <inheritdoc />
    public bool TryRead(ref ByteReader reader)
    {
        return reader.TryReadByte(out FactionId);
    }
}
