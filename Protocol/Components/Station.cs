// A station and its safe zone. Source: WORLD_RULES §3, kind 11.
using System;
using Aetheris.Protocol.Binary;

namespace Aetheris.Protocol.Components;

/// <summary>A station and its safe zone.</summary>
public struct Station : IComponent<Station>
{
    /// <summary>Metres.</summary>
    public float X;
    /// <summary>Metres.</summary>
    public float Y;
    /// <summary>Metres.</summary>
    public float SafeZoneRadius;

    /// <inheritdoc />
    public readonly bool BitsEqual(in Station other) =>
        BitConverter.SingleToInt32Bits(X) == BitConverter.SingleToInt32Bits(other.X)
        && BitConverter.SingleToInt32Bits(Y) == BitConverter.SingleToInt32Bits(other.Y)
        && BitConverter.SingleToInt32Bits(SafeZoneRadius) == BitConverter.SingleToInt32Bits(other.SafeZoneRadius);

    /// <inheritdoc />
    public readonly void Write(ByteWriter writer)
    {
        writer.WriteSingle(X);
        writer.WriteSingle(Y);
        writer.WriteSingle(SafeZoneRadius);
    }

    /// <inheritdoc />
    public bool TryRead(ref ByteReader reader)
    {
        return reader.TryReadSingle(out X)
            && reader.TryReadSingle(out Y)
            && reader.TryReadSingle(out SafeZoneRadius);
    }
}
