// Payload of Transform, kind 1. Source: WIRE_FORMAT §8.
using Aetheris.Protocol.Codec1.MessagePack;
using Aetheris.Protocol.Components;

namespace Aetheris.Protocol.Codec1.Components;

/// <summary>Array of 5: x, y, z, rotation, entity_type.</summary>
public sealed class TransformCodec : ComponentCodec<Transform>
{
    private static readonly StructShape Shape = new("x", "y", "z", "rotation", "entity_type");

    /// <summary>Creates the codec.</summary>
    public TransformCodec()
        : base(ComponentKinds.Transform, "Transform")
    {
    }

    /// <inheritdoc />
    public override void Write(scoped ref MessagePackWriter writer, in Transform value)
    {
        writer.WriteArrayHead(5);
        writer.WriteSingle(value.X);
        writer.WriteSingle(value.Y);
        writer.WriteSingle(value.Z);
        writer.WriteSingle(value.Rotation);
        writer.WriteUInt(value.EntityType);
    }

    /// <inheritdoc />
    public override bool TryRead(scoped ref MessagePackReader reader, out Transform value)
    {
        value = default;
        if (!reader.TryBeginStruct(Shape, out var fields))
            return false;
        while (fields.TryNext(ref reader, out var field))
        {
            var read = field switch
            {
                0 => reader.TryReadSingle(out value.X),
                1 => reader.TryReadSingle(out value.Y),
                2 => reader.TryReadSingle(out value.Z),
                3 => reader.TryReadSingle(out value.Rotation),
                _ => reader.TryReadUInt16(out value.EntityType),
            };
            if (!read)
                return false;
        }

        return fields.TryEnd(ref reader);
    }
}
