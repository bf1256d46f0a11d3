// Where an entity is and what it is; every spawned entity has one. Source: WORLD_RULES §3, kind 1.
using System;
using Aetheris.Protocol.Binary;

namespace Aetheris.Protocol.Components;

/// <summary>Where an entity is and what it is; every spawned entity has one.</summary>
public struct Transform : IComponent<Transform>
{
    /// <summary>Metres.</summary>
    public float X;
    /// <summary>Metres.</summary>
    public float Y;
    /// <summary>Metres, always 0 after a tick.</summary>
    public float Z;
    /// <summary>Radians.</summary>
    public float Rotation;
    /// <summary>WORLD_RULES §4.</summary>
    public ushort EntityType;

    /// <inheritdoc />
    public readonly bool BitsEqual(in Transform other) =>
        BitConverter.SingleToInt32Bits(X) == BitConverter.SingleToInt32Bits(other.X)
        && BitConverter.SingleToInt32Bits(Y) == BitConverter.SingleToInt32Bits(other.Y)
        && BitConverter.SingleToInt32Bits(Z) == BitConverter.SingleToInt32Bits(other.Z)
        && BitConverter.SingleToInt32Bits(Rotation) == BitConverter.SingleToInt32Bits(other.Rotation)
        && EntityType == other.EntityType;

    /// <inheritdoc />
    public readonly void Write(ByteWriter writer)
    {
        writer.WriteSingle(X);
        writer.WriteSingle(Y);
        writer.WriteSingle(Z);
        writer.WriteSingle(Rotation);
        writer.WriteUInt16(EntityType);
    }

    /// <inheritdoc />
    public bool TryRead(ref ByteReader reader)
    {
        return reader.TryReadSingle(out X)
            && reader.TryReadSingle(out Y)
            && reader.TryReadSingle(out Z)
            && reader.TryReadSingle(out Rotation)
            && reader.TryReadUInt16(out EntityType);
    }
}
