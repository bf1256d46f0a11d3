// Payload of DockedState, kind 14. Source: WIRE_FORMAT §8.
using Aetheris.Protocol.Codec1.MessagePack;
using Aetheris.Protocol.Components;

namespace Aetheris.Protocol.Codec1.Components;

/// <summary>Array of 2: station_id, docked_at_tick.</summary>
public sealed class DockedStateCodec : ComponentCodec<DockedState>
{
    private static readonly StructShape Shape = new("station_id", "docked_at_tick");

    /// <summary>Creates the codec.</summary>
    public DockedStateCodec()
        : base(ComponentKinds.DockedState, "DockedState")
    {
    }

    /// <inheritdoc />
    public override void Write(scoped ref MessagePackWriter writer, in DockedState value)
    {
        writer.WriteArrayHead(2);
        writer.WriteUInt(value.StationId);
        writer.WriteUInt(value.DockedAtTick);
    }

    /// <inheritdoc />
    public override bool TryRead(scoped ref MessagePackReader reader, out DockedState value)
    {
        value = default;
        if (!reader.TryBeginStruct(Shape, out var fields))
            return false;
        while (fields.TryNext(ref reader, out var field))
        {
            var read = field switch
            {
                0 => reader.TryReadId(out value.StationId),
                _ => reader.TryReadUInt64(out value.DockedAtTick),
            };
            if (!read)
                return false;
        }

        return fields.TryEnd(ref reader);
    }
}
