// The room an entity is in. Source: WORLD_RULES §3, kind 131.
using System;
using Aetheris.Protocol.Binary;

namespace Aetheris.Protocol.Components;

/// <summary>The room an entity is in.</summary>
public struct RoomMembership : IComponent<RoomMembership>
{
    /// <summary>Network id of the room entity.</summary>
    public ulong Room;

    /// <inheritdoc />
    public readonly bool BitsEqual(in RoomMembership other) =>
        Room == other.Room;

    /// <inheritdoc />
    public readonly void Write(ByteWriter writer)
    {
        writer.WriteUInt64(Room);
    }

    /// <inheritdoc />
    public bool TryRead(ref ByteReader reader)
    {
        return reader.TryReadUInt64(out Room);
    }
}
