// Payload of Weapon, kind 1027. Source: WIRE_FORMAT §8.
using Aetheris.Protocol.Codec1.MessagePack;
using Aetheris.Protocol.Components;

namespace Aetheris.Protocol.Codec1.Components;

/// <summary>Array of 2: cooldown_ticks, last_fired_tick.</summary>
public sealed class WeaponCodec : ComponentCodec<Weapon>
{
    private static readonly StructShape Shape = new("cooldown_ticks", "last_fired_tick");

    /// <summary>Creates the codec.</summary>
    public WeaponCodec()
        : base(ComponentKinds.Weapon, "Weapon")
    {
    }

    /// <inheritdoc />
    public override void Write(scoped ref MessagePackWriter writer, in Weapon value)
    {
        writer.WriteArrayHead(2);
        writer.WriteUInt(value.CooldownTicks);
        writer.WriteUInt(value.LastFiredTick);
    }

    /// <inheritdoc />
    public override bool TryRead(scoped ref MessagePackReader reader, out Weapon value)
    {
        value = default;
        if (!reader.TryBeginStruct(Shape, out var fields))
            return false;
        while (fields.TryNext(ref reader, out var field))
        {
            var read = field switch
            {
                0 => reader.TryReadUInt16(out value.CooldownTicks),
                _ => reader.TryReadUInt64(out value.LastFiredTick),
            };
            if (!read)
                return false;
        }

        return fields.TryEnd(ref reader);
    }
}
