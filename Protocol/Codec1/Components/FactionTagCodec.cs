// Payload of FactionTag, kind 7. Source: WIRE_FORMAT §8.
using Aetheris.Protocol.Codec1.MessagePack;
using Aetheris.Protocol.Components;

namespace Aetheris.Protocol.Codec1.Components;

/// <summary>Array of 1: faction_id.</summary>
public sealed class FactionTagCodec : ComponentCodec<FactionTag>
{
    private static readonly StructShape Shape = new("faction_id");

    /// <summary>Creates the codec.</summary>
    public FactionTagCodec()
        : base(ComponentKinds.FactionTag, "FactionTag")
    {
    }

    /// <inheritdoc />
    public override void Write(scoped ref MessagePackWriter writer, in FactionTag value)
    {
        writer.WriteArrayHead(1);
        writer.WriteUInt(value.FactionId);
    }

    /// <inheritdoc />
    public override bool TryRead(scoped ref MessagePackReader reader, out FactionTag value)
    {
        value = default;
        if (!reader.TryBeginStruct(Shape, out var fields))
            return false;
        while (fields.TryNext(ref reader, out _))
        {
            var read = reader.TryReadByte(out value.FactionId);
            if (!read)
                return false;
        }

        return fields.TryEnd(ref reader);
    }
}
