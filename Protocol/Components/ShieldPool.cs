// Shield points. Source: WORLD_RULES §3, kind 1028.
using System;
using Aetheris.Protocol.Binary;

namespace Aetheris.Protocol.Components;

/// <summary>Shield points.</summary>
public struct ShieldPool : IComponent<ShieldPool>
{
    public ushort Current;
    public ushort Max;

    /// <inheritdoc />
    public readonly bool BitsEqual(in ShieldPool other) =>
        Current == other.Current
        && Max == other.Max;

    /// <inheritdoc />
    public readonly void Write(ByteWriter writer)
    {
        writer.WriteUInt16(Current);
        writer.WriteUInt16(Max);
    }

    /// <inheritdoc />
    public bool TryRead(ref ByteReader reader)
    {
        return reader.TryReadUInt16(out Current)
            && reader.TryReadUInt16(out Max);
    }
}
