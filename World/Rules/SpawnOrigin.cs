// Where a training dummy comes back to. Server only. Source: DESIGN §7 (W-D18).
using System;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Components;

namespace Aetheris.World;

/// <summary>The place at which an entity was spawned.</summary>
public struct SpawnOrigin : IComponent<SpawnOrigin>
{
    /// <summary>Metres.</summary>
    public float X;

    /// <summary>Metres.</summary>
    public float Y;

    /// <inheritdoc />
    public readonly bool BitsEqual(in SpawnOrigin other) =>
        BitConverter.SingleToInt32Bits(X) == BitConverter.SingleToInt32Bits(other.X)
        && BitConverter.SingleToInt32Bits(Y) == BitConverter.SingleToInt32Bits(other.Y);

    /// <inheritdoc />
    public readonly void Write(ByteWriter writer)
    {
        writer.WriteSingle(X);
        writer.WriteSingle(Y);
    }

    /// <inheritdoc />
    public bool TryRead(ref ByteReader reader) => reader.TryReadSingle(out X) && reader.TryReadSingle(out Y);
}
