// Where and since when a ship is docked. Source: WORLD_RULES §3, kind 14.
using System;
using Aetheris.Protocol.Binary;

namespace Aetheris.Protocol.Components;

/// <summary>Where and since when a ship is docked.</summary>
public struct DockedState : IComponent<DockedState>
{
    public ulong StationId;
    /// <summary>Server tick.</summary>
    public ulong DockedAtTick;

    /// <inheritdoc />
    public readonly bool BitsEqual(in DockedState other) =>
        StationId == other.StationId
        && DockedAtTick == other.DockedAtTick;

    /// <inheritdoc />
    public readonly void Write(ByteWriter writer)
    {
        writer.WriteUInt64(StationId);
        writer.WriteUInt64(DockedAtTick);
    }

    /// <inheritdoc />
    public bool TryRead(ref ByteReader reader)
    {
        return reader.TryReadUInt64(out StationId)
            && reader.TryReadUInt64(out DockedAtTick);
    }
}
