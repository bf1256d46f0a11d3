// Payload of CargoHold, kind 1025. Source: WIRE_FORMAT §8.
using Aetheris.Protocol.Codec1.MessagePack;
using Aetheris.Protocol.Components;

namespace Aetheris.Protocol.Codec1.Components;

/// <summary>Array of 2: ore_count, capacity.</summary>
public sealed class CargoHoldCodec : ComponentCodec<CargoHold>
{
    private static readonly StructShape Shape = new("ore_count", "capacity");

    /// <summary>Creates the codec.</summary>
    public CargoHoldCodec()
        : base(ComponentKinds.CargoHold, "CargoHold")
    {
    }

    /// <inheritdoc />
    public override void Write(scoped ref MessagePackWriter writer, in CargoHold value)
    {
        writer.WriteArrayHead(2);
        writer.WriteUInt(value.OreCount);
        writer.WriteUInt(value.Capacity);
    }

    /// <inheritdoc />
    public override bool TryRead(scoped ref MessagePackReader reader, out CargoHold value)
    {
        value = default;
        if (!reader.TryBeginStruct(Shape, out var fields))
            return false;
        while (fields.TryNext(ref reader, out var field))
        {
            var read = field switch
            {
                0 => reader.TryReadUInt16(out value.OreCount),
                _ => reader.TryReadUInt16(out value.Capacity),
            };
            if (!read)
                return false;
        }

        return fields.TryEnd(ref reader);
    }
}
