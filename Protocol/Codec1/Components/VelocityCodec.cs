// Payload of Velocity, kind 2. Source: WIRE_FORMAT §8.
using Aetheris.Protocol.Codec1.MessagePack;
using Aetheris.Protocol.Components;

namespace Aetheris.Protocol.Codec1.Components;

/// <summary>Array of 3: dx, dy, dz.</summary>
public sealed class VelocityCodec : ComponentCodec<Velocity>
{
    private static readonly StructShape Shape = new("dx", "dy", "dz");

    /// <summary>Creates the codec.</summary>
    public VelocityCodec()
        : base(ComponentKinds.Velocity, "Velocity")
    {
    }

    /// <inheritdoc />
    public override void Write(scoped ref MessagePackWriter writer, in Velocity value)
    {
        writer.WriteArrayHead(3);
        writer.WriteSingle(value.X);
        writer.WriteSingle(value.Y);
        writer.WriteSingle(value.Z);
    }

    /// <inheritdoc />
    public override bool TryRead(scoped ref MessagePackReader reader, out Velocity value)
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
                _ => reader.TryReadSingle(out value.Z),
            };
            if (!read)
                return false;
        }

        return fields.TryEnd(ref reader);
    }
}
