// Payload of RoomBounds, kind 130. Source: WIRE_FORMAT §8.
using Aetheris.Protocol.Codec1.MessagePack;
using Aetheris.Protocol.Components;

namespace Aetheris.Protocol.Codec1.Components;

/// <summary>Array of 4: min_x, min_y, max_x, max_y.</summary>
public sealed class RoomBoundsCodec : ComponentCodec<RoomBounds>
{
    private static readonly StructShape Shape = new("min_x", "min_y", "max_x", "max_y");

    /// <summary>Creates the codec.</summary>
    public RoomBoundsCodec()
        : base(ComponentKinds.RoomBounds, "RoomBounds")
    {
    }

    /// <inheritdoc />
    public override void Write(scoped ref MessagePackWriter writer, in RoomBounds value)
    {
        writer.WriteArrayHead(4);
        writer.WriteSingle(value.MinX);
        writer.WriteSingle(value.MinY);
        writer.WriteSingle(value.MaxX);
        writer.WriteSingle(value.MaxY);
    }

    /// <inheritdoc />
    public override bool TryRead(scoped ref MessagePackReader reader, out RoomBounds value)
    {
        value = default;
        if (!reader.TryBeginStruct(Shape, out var fields))
            return false;
        while (fields.TryNext(ref reader, out var field))
        {
            var read = field switch
            {
                0 => reader.TryReadSingle(out value.MinX),
                1 => reader.TryReadSingle(out value.MinY),
                2 => reader.TryReadSingle(out value.MaxX),
                _ => reader.TryReadSingle(out value.MaxY),
            };
            if (!read)
                return false;
        }

        return fields.TryEnd(ref reader);
    }
}
