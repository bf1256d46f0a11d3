// Payload of Loadout, kind 4. Source: WIRE_FORMAT §8.
using Aetheris.Protocol.Codec1.MessagePack;
using Aetheris.Protocol.Components;

namespace Aetheris.Protocol.Codec1.Components;

/// <summary>Array of 6: ship_class, weapon_ids, weapon_count, hull_tier, engine_tier, shield_tier.</summary>
public sealed class LoadoutCodec : ComponentCodec<Loadout>
{
    private static readonly StructShape Shape = new("ship_class", "weapon_ids", "weapon_count", "hull_tier", "engine_tier", "shield_tier");

    /// <summary>Creates the codec.</summary>
    public LoadoutCodec()
        : base(ComponentKinds.Loadout, "Loadout")
    {
    }

    /// <inheritdoc />
    public override void Write(scoped ref MessagePackWriter writer, in Loadout value)
    {
        writer.WriteArrayHead(6);
        writer.WriteUnitVariant(EnumShapes.ShipClass, (int)value.ShipClass);
        writer.WriteArrayHead(WeaponIds.Count);
        for (var slot = 0; slot < WeaponIds.Count; slot++)
            writer.WriteUInt(value.WeaponIds[slot]);
        writer.WriteUInt(value.WeaponCount);
        writer.WriteUInt(value.HullTier);
        writer.WriteUInt(value.EngineTier);
        writer.WriteUInt(value.ShieldTier);
    }

    /// <inheritdoc />
    public override bool TryRead(scoped ref MessagePackReader reader, out Loadout value)
    {
        value = default;
        if (!reader.TryBeginStruct(Shape, out var fields))
            return false;
        while (fields.TryNext(ref reader, out var field))
        {
            var read = field switch
            {
                0 => EnumValues.TryReadShipClass(ref reader, out value.ShipClass),
                1 => TryReadWeapons(ref reader, ref value.WeaponIds),
                2 => reader.TryReadByte(out value.WeaponCount),
                3 => reader.TryReadByte(out value.HullTier),
                4 => reader.TryReadByte(out value.EngineTier),
                _ => reader.TryReadByte(out value.ShieldTier),
            };
            if (!read)
                return false;
        }

        return fields.TryEnd(ref reader);
    }

    // WeaponId is a newtype, so the bin form that a plain number array may have is refused here.
    private static bool TryReadWeapons(scoped ref MessagePackReader reader, ref WeaponIds weapons)
    {
        if (!reader.TryBeginArray(WeaponIds.Count))
            return false;
        for (var slot = 0; slot < WeaponIds.Count; slot++)
        {
            if (!reader.TryReadId(out byte id))
                return false;
            weapons[slot] = id;
        }

        reader.EndSequence();
        return true;
    }
}
