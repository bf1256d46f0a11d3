// Payload of CargoDrop, kind 1030. Source: WIRE_FORMAT §8.
using Aetheris.Protocol.Codec1.MessagePack;
using Aetheris.Protocol.Components;

namespace Aetheris.Protocol.Codec1.Components;

/// <summary>Array of 1: quantity.</summary>
public sealed class CargoDropCodec : ComponentCodec<CargoDrop>
{
    private static readonly StructShape Shape = new("quantity");

    /// <summary>Creates the codec.</summary>
    public CargoDropCodec()
        : base(ComponentKinds.CargoDrop, "CargoDrop")
    {
    }

    /// <inheritdoc />
    public override void Write(scoped ref MessagePackWriter writer, in CargoDrop value)
    {
        writer.WriteArrayHead(1);
        writer.WriteUInt(value.Quantity);
    }

    /// <inheritdoc />
    public override bool TryRead(scoped ref MessagePackReader reader, out CargoDrop value)
    {
        value = default;
        if (!reader.TryBeginStruct(Shape, out var fields))
            return false;
        while (fields.TryNext(ref reader, out _))
        {
            var read = reader.TryReadUInt16(out value.Quantity);
            if (!read)
                return false;
        }

        return fields.TryEnd(ref reader);
    }
}
