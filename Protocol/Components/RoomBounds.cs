// The torus a room is. Source: WORLD_RULES §3, kind 130.
using System;
using Aetheris.Protocol.Binary;

namespace Aetheris.Protocol.Components;

/// <summary>The torus a room is.</summary>
public struct RoomBounds : IComponent<RoomBounds>
{
    /// <summary>Metres.</summary>
    public float MinX;
    /// <summary>Metres.</summary>
    public float MinY;
    /// <summary>Metres.</summary>
    public float MaxX;
    /// <summary>Metres.</summary>
    public float MaxY;

    /// <inheritdoc />
    public readonly bool BitsEqual(in RoomBounds other) =>
        BitConverter.SingleToInt32Bits(MinX) == BitConverter.SingleToInt32Bits(other.MinX)
        && BitConverter.SingleToInt32Bits(MinY) == BitConverter.SingleToInt32Bits(other.MinY)
        && BitConverter.SingleToInt32Bits(MaxX) == BitConverter.SingleToInt32Bits(other.MaxX)
        && BitConverter.SingleToInt32Bits(MaxY) == BitConverter.SingleToInt32Bits(other.MaxY);

    /// <inheritdoc />
    public readonly void Write(ByteWriter writer)
    {
        writer.WriteSingle(MinX);
        writer.WriteSingle(MinY);
        writer.WriteSingle(MaxX);
        writer.WriteSingle(MaxY);
    }

    /// <inheritdoc />
    public bool TryRead(ref ByteReader reader)
    {
        return reader.TryReadSingle(out MinX)
            && reader.TryReadSingle(out MinY)
            && reader.TryReadSingle(out MaxX)
            && reader.TryReadSingle(out MaxY);
    }
}
