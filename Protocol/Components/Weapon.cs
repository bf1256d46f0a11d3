// The gun of a ship. Source: WORLD_RULES §3, kind 1027.
using System;
using Aetheris.Protocol.Binary;

namespace Aetheris.Protocol.Components;

/// <summary>The gun of a ship.</summary>
public struct Weapon : IComponent<Weapon>
{
    public ushort CooldownTicks;
    /// <summary>Server tick.</summary>
    public ulong LastFiredTick;

    /// <inheritdoc />
    public readonly bool BitsEqual(in Weapon other) =>
        CooldownTicks == other.CooldownTicks
        && LastFiredTick == other.LastFiredTick;

    /// <inheritdoc />
    public readonly void Write(ByteWriter writer)
    {
        writer.WriteUInt16(CooldownTicks);
        writer.WriteUInt64(LastFiredTick);
    }

    /// <inheritdoc />
    public bool TryRead(ref ByteReader reader)
    {
        return reader.TryReadUInt16(out CooldownTicks)
            && reader.TryReadUInt64(out LastFiredTick);
    }
}
