// A gate to another sector. Source: WORLD_RULES §3, kind 12.
using System;
using Aetheris.Protocol.Binary;

namespace Aetheris.Protocol.Components;

/// <summary>A gate to another sector.</summary>
public struct JumpGate : IComponent<JumpGate>
{
    public ulong DestinationSector;
    /// <summary>Metres.</summary>
    public float ActivationRadius;

    /// <inheritdoc />
    public readonly bool BitsEqual(in JumpGate other) =>
        DestinationSector == other.DestinationSector
        && BitConverter.SingleToInt32Bits(ActivationRadius) == BitConverter.SingleToInt32Bits(other.ActivationRadius);

    /// <inheritdoc />
    public readonly void Write(ByteWriter writer)
    {
        writer.WriteUInt64(DestinationSector);
        writer.WriteSingle(ActivationRadius);
    }

    /// <inheritdoc />
    public bool TryRead(ref ByteReader reader)
    {
        return reader.TryReadUInt64(out DestinationSector)
            && reader.TryReadSingle(out ActivationRadius);
    }
}
