// Payload of LootDrop, kind 10. Source: WIRE_FORMAT §8.
using Aetheris.Protocol.Codec1.MessagePack;
using Aetheris.Protocol.Components;

namespace Aetheris.Protocol.Codec1.Components;

/// <summary>Array of 2: ore_type, quantity.</summary>
public sealed class LootDropCodec : ComponentCodec<LootDrop>
{
    private static readonly StructShape Shape = new("ore_type", "quantity");

    /// <summary>Creates the codec.</summary>
    public LootDropCodec()
        : base(ComponentKinds.LootDrop, "LootDrop")
    {
    }

    /// <inheritdoc />
    public override void Write(scoped ref MessagePackWriter writer, in LootDrop value)
    {
        writer.WriteArrayHead(2);
        writer.WriteUnitVariant(EnumShapes.OreType, (int)value.OreType);
        writer.WriteUInt(value.Quantity);
    }

    /// <inheritdoc />
    public override bool TryRead(scoped ref MessagePackReader reader, out LootDrop value)
    {
        value = default;
        if (!reader.TryBeginStruct(Shape, out var fields))
            return false;
        while (fields.TryNext(ref reader, out var field))
        {
            var read = field switch
            {
                0 => EnumValues.TryReadOreType(ref reader, out value.OreType),
                _ => reader.TryReadUInt16(out value.Quantity),
            };
            if (!read)
                return false;
        }

        return fields.TryEnd(ref reader);
    }
}
