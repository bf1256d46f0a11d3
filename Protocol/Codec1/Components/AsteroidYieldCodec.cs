// Payload of AsteroidYield, kind 9. Source: WIRE_FORMAT §8.
using Aetheris.Protocol.Codec1.MessagePack;
using Aetheris.Protocol.Components;

namespace Aetheris.Protocol.Codec1.Components;

/// <summary>Array of 2: ore_type, ore_per_destroy.</summary>
public sealed class AsteroidYieldCodec : ComponentCodec<AsteroidYield>
{
    private static readonly StructShape Shape = new("ore_type", "ore_per_destroy");

    /// <summary>Creates the codec.</summary>
    public AsteroidYieldCodec()
        : base(ComponentKinds.AsteroidYield, "AsteroidYield")
    {
    }

    /// <inheritdoc />
    public override void Write(scoped ref MessagePackWriter writer, in AsteroidYield value)
    {
        writer.WriteArrayHead(2);
        writer.WriteUnitVariant(EnumShapes.OreType, (int)value.OreType);
        writer.WriteUInt(value.OrePerDestroy);
    }

    /// <inheritdoc />
    public override bool TryRead(scoped ref MessagePackReader reader, out AsteroidYield value)
    {
        value = default;
        if (!reader.TryBeginStruct(Shape, out var fields))
            return false;
        while (fields.TryNext(ref reader, out var field))
        {
            var read = field switch
            {
                0 => EnumValues.TryReadOreType(ref reader, out value.OreType),
                _ => reader.TryReadUInt16(out value.OrePerDestroy),
            };
            if (!read)
                return false;
        }

        return fields.TryEnd(ref reader);
    }
}
