// Who owns a ship and on which connection they steer it. Server only: it rides in frames.
using System;
using Aetheris.Protocol.Binary;

namespace Aetheris.Protocol.Components;

/// <summary>Who owns a ship and on which connection they steer it. Server only: it rides in frames.</summary>
public struct Ownership : IComponent<Ownership>
{
    /// <summary>Upper half of the player id.</summary>
    public ulong PlayerHigh;
    /// <summary>Lower half of the player id.</summary>
    public ulong PlayerLow;
    /// <summary>Connection epoch.</summary>
    public uint Connection;

    /// <inheritdoc />
    public readonly bool BitsEqual(in Ownership other) =>
        PlayerHigh == other.PlayerHigh
        && PlayerLow == other.PlayerLow
        && Connection == other.Connection;

    /// <inheritdoc />
    public readonly void Write(ByteWriter writer)
    {
        writer.WriteUInt64(PlayerHigh);
        writer.WriteUInt64(PlayerLow);
        writer.WriteUInt32(Connection);
    }

    /// <inheritdoc />
    public bool TryRead(ref ByteReader reader)
    {
        return reader.TryReadUInt64(out PlayerHigh)
            && reader.TryReadUInt64(out PlayerLow)
            && reader.TryReadUInt32(out Connection);
    }
}
