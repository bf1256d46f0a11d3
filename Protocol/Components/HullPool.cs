// Hull points. Source: WORLD_RULES §3, kind 1029.
using System;
using Aetheris.Protocol.Binary;

namespace Aetheris.Protocol.Components;

/// <summary>Hull points.</summary>
public struct HullPool : IComponent<HullPool>
{
    public ushort Current;
    public ushort Max;

    /// <inheritdoc />
    public readonly bool BitsEqual(in HullPool other) =>
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
