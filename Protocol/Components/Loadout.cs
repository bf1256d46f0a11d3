// What a ship carries. Source: WORLD_RULES §3, kind 4.
using System;
using Aetheris.Protocol.Binary;

namespace Aetheris.Protocol.Components;

/// <summary>What a ship carries.</summary>
public struct Loadout : IComponent<Loadout>
{
    public ShipClass ShipClass;
    public WeaponIds WeaponIds;
    public byte WeaponCount;
    public byte HullTier;
    public byte EngineTier;
    public byte ShieldTier;

    /// <inheritdoc />
    public readonly bool BitsEqual(in Loadout other) =>
        ShipClass == other.ShipClass
        && WeaponIds.BitsEqual(other.WeaponIds)
        && WeaponCount == other.WeaponCount
        && HullTier == other.HullTier
        && EngineTier == other.EngineTier
        && ShieldTier == other.ShieldTier;

    /// <inheritdoc />
    public readonly void Write(ByteWriter writer)
    {
        writer.WriteByte((byte)ShipClass);
        WeaponIds.Write(writer);
        writer.WriteByte(WeaponCount);
        writer.WriteByte(HullTier);
        writer.WriteByte(EngineTier);
        writer.WriteByte(ShieldTier);
    }

    /// <inheritdoc />
    public bool TryRead(ref ByteReader reader)
    {
        byte shipClass = 0;
        if (!(reader.TryReadByte(out shipClass)
            && WeaponIds.TryRead(ref reader)
            && reader.TryReadByte(out WeaponCount)
            && reader.TryReadByte(out HullTier)
            && reader.TryReadByte(out EngineTier)
            && reader.TryReadByte(out ShieldTier)))
            return false;

        ShipClass = (ShipClass)shipClass;
        return true;
    }
}
