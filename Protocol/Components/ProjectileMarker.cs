// A shot in flight. Source: WORLD_RULES §3, kind 13.
using System;
using Aetheris.Protocol.Binary;

namespace Aetheris.Protocol.Components;

/// <summary>A shot in flight.</summary>
public struct ProjectileMarker : IComponent<ProjectileMarker>
{
    public ProjectileType ProjectileType;
    /// <summary>Metres.</summary>
    public float SpawnX;
    /// <summary>Metres.</summary>
    public float SpawnY;
    /// <summary>Metres.</summary>
    public float MaxRange;
    /// <summary>Network id of the shooter, 0 when unknown.</summary>
    public ulong Owner;
    /// <summary>Ticks left.</summary>
    public uint LifetimeTicks;

    /// <inheritdoc />
    public readonly bool BitsEqual(in ProjectileMarker other) =>
        ProjectileType == other.ProjectileType
        && BitConverter.SingleToInt32Bits(SpawnX) == BitConverter.SingleToInt32Bits(other.SpawnX)
        && BitConverter.SingleToInt32Bits(SpawnY) == BitConverter.SingleToInt32Bits(other.SpawnY)
        && BitConverter.SingleToInt32Bits(MaxRange) == BitConverter.SingleToInt32Bits(other.MaxRange)
        && Owner == other.Owner
        && LifetimeTicks == other.LifetimeTicks;

    /// <inheritdoc />
    public readonly void Write(ByteWriter writer)
    {
        writer.WriteByte((byte)ProjectileType);
        writer.WriteSingle(SpawnX);
        writer.WriteSingle(SpawnY);
        writer.WriteSingle(MaxRange);
        writer.WriteUInt64(Owner);
        writer.WriteUInt32(LifetimeTicks);
    }

    /// <inheritdoc />
    public bool TryRead(ref ByteReader reader)
    {
        byte projectileType = 0;
        if (!(reader.TryReadByte(out projectileType)
            && reader.TryReadSingle(out SpawnX)
            && reader.TryReadSingle(out SpawnY)
            && reader.TryReadSingle(out MaxRange)
            && reader.TryReadUInt64(out Owner)
            && reader.TryReadUInt32(out LifetimeTicks)))
            return false;

        ProjectileType = (ProjectileType)projectileType;
        return true;
    }
}
