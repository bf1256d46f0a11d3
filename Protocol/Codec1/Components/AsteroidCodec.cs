// Payload of Asteroid, kind 1026. Source: WIRE_FORMAT §8.
using Aetheris.Protocol.Codec1.MessagePack;
using Aetheris.Protocol.Components;

namespace Aetheris.Protocol.Codec1.Components;

/// <summary>Array of 2: ore_remaining, total_capacity.</summary>
public sealed class AsteroidCodec : ComponentCodec<Asteroid>
{
    private static readonly StructShape Shape = new("ore_remaining", "total_capacity");

    /// <summary>Creates the codec.</summary>
    public AsteroidCodec()
        : base(ComponentKinds.Asteroid, "Asteroid")
    {
    }

    /// <inheritdoc />
    public override void Write(scoped ref MessagePackWriter writer, in Asteroid value)
    {
        writer.WriteArrayHead(2);
        writer.WriteUInt(value.OreRemaining);
        writer.WriteUInt(value.TotalCapacity);
    }

    /// <inheritdoc />
    public override bool TryRead(scoped ref MessagePackReader reader, out Asteroid value)
    {
        value = default;
        if (!reader.TryBeginStruct(Shape, out var fields))
            return false;
        while (fields.TryNext(ref reader, out var field))
        {
            var read = field switch
            {
                0 => reader.TryReadUInt16(out value.OreRemaining),
                _ => reader.TryReadUInt16(out value.TotalCapacity),
            };
            if (!read)
                return false;
        }

        return fields.TryEnd(ref reader);
    }
}
