// Motion of an entity. Source: WORLD_RULES §3, kind 2.
using System;
using Aetheris.Protocol.Binary;

namespace Aetheris.Protocol.Components;

/// <summary>Motion of an entity.</summary>
public struct Velocity : IComponent<Velocity>
{
    /// <summary>Metres per second.</summary>
    public float X;
    /// <summary>Metres per second.</summary>
    public float Y;
    /// <summary>Metres per second, always 0 after a tick.</summary>
    public float Z;

    /// <inheritdoc />
    public readonly bool BitsEqual(in Velocity other) =>
        BitConverter.SingleToInt32Bits(X) == BitConverter.SingleToInt32Bits(other.X)
        && BitConverter.SingleToInt32Bits(Y) == BitConverter.SingleToInt32Bits(other.Y)
        && BitConverter.SingleToInt32Bits(Z) == BitConverter.SingleToInt32Bits(other.Z);

    /// <inheritdoc />
    public readonly void Write(ByteWriter writer)
    {
        writer.WriteSingle(X);
        writer.WriteSingle(Y);
        writer.WriteSingle(Z);
    }

    /// <inheritdoc />
    public bool TryRead(ref ByteReader reader)
    {
        return reader.TryReadSingle(out X)
            && reader.TryReadSingle(out Y)
            && reader.TryReadSingle(out Z);
    }
}
