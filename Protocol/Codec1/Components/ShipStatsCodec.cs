// Payload of ShipStats, kind 3. Source: WIRE_FORMAT §8.
using Aetheris.Protocol.Codec1.MessagePack;
using Aetheris.Protocol.Components;

namespace Aetheris.Protocol.Codec1.Components;

/// <summary>Array of 8: hp, max_hp, shield, max_shield, energy, max_energy, shield_regen_per_s, energy_regen_per_s.</summary>
public sealed class ShipStatsCodec : ComponentCodec<ShipStats>
{
    private static readonly StructShape Shape = new("hp", "max_hp", "shield", "max_shield", "energy", "max_energy", "shield_regen_per_s", "energy_regen_per_s");

    /// <summary>Creates the codec.</summary>
    public ShipStatsCodec()
        : base(ComponentKinds.ShipStats, "ShipStats")
    {
    }

    /// <inheritdoc />
    public override void Write(scoped ref MessagePackWriter writer, in ShipStats value)
    {
        writer.WriteArrayHead(8);
        writer.WriteUInt(value.Hp);
        writer.WriteUInt(value.MaxHp);
        writer.WriteUInt(value.Shield);
        writer.WriteUInt(value.MaxShield);
        writer.WriteUInt(value.Energy);
        writer.WriteUInt(value.MaxEnergy);
        writer.WriteUInt(value.ShieldRegenPerSecond);
        writer.WriteUInt(value.EnergyRegenPerSecond);
    }

    /// <inheritdoc />
    public override bool TryRead(scoped ref MessagePackReader reader, out ShipStats value)
    {
        value = default;
        if (!reader.TryBeginStruct(Shape, out var fields))
            return false;
        while (fields.TryNext(ref reader, out var field))
        {
            var read = field switch
            {
                0 => reader.TryReadUInt16(out value.Hp),
                1 => reader.TryReadUInt16(out value.MaxHp),
                2 => reader.TryReadUInt16(out value.Shield),
                3 => reader.TryReadUInt16(out value.MaxShield),
                4 => reader.TryReadUInt16(out value.Energy),
                5 => reader.TryReadUInt16(out value.MaxEnergy),
                6 => reader.TryReadUInt16(out value.ShieldRegenPerSecond),
                _ => reader.TryReadUInt16(out value.EnergyRegenPerSecond),
            };
            if (!read)
                return false;
        }

        return fields.TryEnd(ref reader);
    }
}
