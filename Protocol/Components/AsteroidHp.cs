// Structure of an asteroid. Source: WORLD_RULES §3, kind 8.
using System;
using Aetheris.Protocol.Binary;

namespace Aetheris.Protocol.Components;

/// <summary>Structure of an asteroid.</summary>
public struct AsteroidHp : IComponent<AsteroidHp>
{
    public ushort Hp;
    public ushort MaxHp;

    /// <inheritdoc />
    public readonly bool BitsEqual(in AsteroidHp other) =>
        Hp == other.Hp
        && MaxHp == other.MaxHp;

    /// <inheritdoc />
    public readonly void Write(ByteWriter writer)
    {
        writer.WriteUInt16(Hp);
        writer.WriteUInt16(MaxHp);
    }

    /// <inheritdoc />
    public bool TryRead(ref ByteReader reader)
    {
        return reader.TryReadUInt16(out Hp)
            && reader.TryReadUInt16(out MaxHp);
    }
}
