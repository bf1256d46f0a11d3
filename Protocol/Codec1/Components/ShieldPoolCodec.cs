// Payload of ShieldPool, kind 1028. Source: WIRE_FORMAT §8.
using Aetheris.Protocol.Codec1.MessagePack;
using Aetheris.Protocol.Components;

namespace Aetheris.Protocol.Codec1.Components;

/// <summary>Array of 2: current, max.</summary>
public sealed class ShieldPoolCodec : ComponentCodec<ShieldPool>
{
    private static readonly StructShape Shape = new("current", "max");

    /// <summary>Creates the codec.</summary>
    public ShieldPoolCodec()
        : base(ComponentKinds.ShieldPool, "ShieldPool")
    {
    }

    /// <inheritdoc />
    public override void Write(scoped ref MessagePackWriter writer, in ShieldPool value)
    {
        writer.WriteArrayHead(2);
        writer.WriteUInt(value.Current);
        writer.WriteUInt(value.Max);
    }

    /// <inheritdoc />
    public override bool TryRead(scoped ref MessagePackReader reader, out ShieldPool value)
    {
        value = default;
        if (!reader.TryBeginStruct(Shape, out var fields))
            return false;
        while (fields.TryNext(ref reader, out var field))
        {
            var read = field switch
            {
                0 => reader.TryReadUInt16(out value.Current),
                _ => reader.TryReadUInt16(out value.Max),
            };
            if (!read)
                return false;
        }

        return fields.TryEnd(ref reader);
    }
}
