// Payload of AsteroidHP, kind 8. Source: WIRE_FORMAT §8.
using Aetheris.Protocol.Codec1.MessagePack;
using Aetheris.Protocol.Components;

namespace Aetheris.Protocol.Codec1.Components;

/// <summary>Array of 2: hp, max_hp.</summary>
public sealed class AsteroidHpCodec : ComponentCodec<AsteroidHp>
{
    private static readonly StructShape Shape = new("hp", "max_hp");

    /// <summary>Creates the codec.</summary>
    public AsteroidHpCodec()
        : base(ComponentKinds.AsteroidHp, "AsteroidHP")
    {
    }

    /// <inheritdoc />
    public override void Write(scoped ref MessagePackWriter writer, in AsteroidHp value)
    {
        writer.WriteArrayHead(2);
        writer.WriteUInt(value.Hp);
        writer.WriteUInt(value.MaxHp);
    }

    /// <inheritdoc />
    public override bool TryRead(scoped ref MessagePackReader reader, out AsteroidHp value)
    {
        value = default;
        if (!reader.TryBeginStruct(Shape, out var fields))
            return false;
        while (fields.TryNext(ref reader, out var field))
        {
            var read = field switch
            {
                0 => reader.TryReadUInt16(out value.Hp),
                _ => reader.TryReadUInt16(out value.MaxHp),
            };
            if (!read)
                return false;
        }

        return fields.TryEnd(ref reader);
    }
}
