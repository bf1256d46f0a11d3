// The mining beam of a ship. Source: WORLD_RULES §3, kind 1024.
using System;
using Aetheris.Protocol.Binary;

namespace Aetheris.Protocol.Components;

/// <summary>The mining beam of a ship.</summary>
public struct MiningBeam : IComponent<MiningBeam>
{
    public bool Active;
    public bool HasTarget;
    /// <summary>Network id, meaningful with HasTarget.</summary>
    public ulong Target;
    /// <summary>Metres.</summary>
    public float MiningRange;
    /// <summary>Ore per 10 ticks.</summary>
    public ushort BaseMiningRate;

    /// <inheritdoc />
    public readonly bool BitsEqual(in MiningBeam other) =>
        Active == other.Active
        && HasTarget == other.HasTarget
        && Target == other.Target
        && BitConverter.SingleToInt32Bits(MiningRange) == BitConverter.SingleToInt32Bits(other.MiningRange)
        && BaseMiningRate == other.BaseMiningRate;

    /// <inheritdoc />
    public readonly void Write(ByteWriter writer)
    {
        writer.WriteBoolean(Active);
        writer.WriteBoolean(HasTarget);
        writer.WriteUInt64(Target);
        writer.WriteSingle(MiningRange);
        writer.WriteUInt16(BaseMiningRate);
    }

    /// <inheritdoc />
    public bool TryRead(ref ByteReader reader)
    {
        return reader.TryReadBoolean(out Active)
            && reader.TryReadBoolean(out HasTarget)
            && reader.TryReadUInt64(out Target)
            && reader.TryReadSingle(out MiningRange)
            && reader.TryReadUInt16(out BaseMiningRate);
    }
}
