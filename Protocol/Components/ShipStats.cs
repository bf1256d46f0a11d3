// Vitals as clients show them. Source: WORLD_RULES §3, kind 3.
using System;
using Aetheris.Protocol.Binary;

namespace Aetheris.Protocol.Components;

/// <summary>Vitals as clients show them.</summary>
public struct ShipStats : IComponent<ShipStats>
{
    public ushort Hp;
    public ushort MaxHp;
    public ushort Shield;
    public ushort MaxShield;
    public ushort Energy;
    public ushort MaxEnergy;
    public ushort ShieldRegenPerSecond;
    public ushort EnergyRegenPerSecond;

    /// <inheritdoc />
    public readonly bool BitsEqual(in ShipStats other) =>
        Hp == other.Hp
        && MaxHp == other.MaxHp
        && Shield == other.Shield
        && MaxShield == other.MaxShield
        && Energy == other.Energy
        && MaxEnergy == other.MaxEnergy
        && ShieldRegenPerSecond == other.ShieldRegenPerSecond
        && EnergyRegenPerSecond == other.EnergyRegenPerSecond;

    /// <inheritdoc />
    public readonly void Write(ByteWriter writer)
    {
        writer.WriteUInt16(Hp);
        writer.WriteUInt16(MaxHp);
        writer.WriteUInt16(Shield);
        writer.WriteUInt16(MaxShield);
        writer.WriteUInt16(Energy);
        writer.WriteUInt16(MaxEnergy);
        writer.WriteUInt16(ShieldRegenPerSecond);
        writer.WriteUInt16(EnergyRegenPerSecond);
    }

    /// <inheritdoc />
    public bool TryRead(ref ByteReader reader)
    {
        return reader.TryReadUInt16(out Hp)
            && reader.TryReadUInt16(out MaxHp)
            && reader.TryReadUInt16(out Shield)
            && reader.TryReadUInt16(out MaxShield)
            && reader.TryReadUInt16(out Energy)
            && reader.TryReadUInt16(out MaxEnergy)
            && reader.TryReadUInt16(out ShieldRegenPerSecond)
            && reader.TryReadUInt16(out EnergyRegenPerSecond);
    }
}
