// Payload of JumpGate, kind 12. Source: WIRE_FORMAT §8.
using Aetheris.Protocol.Codec1.MessagePack;
using Aetheris.Protocol.Components;

namespace Aetheris.Protocol.Codec1.Components;

/// <summary>Array of 2: destination_sector, activation_radius.</summary>
public sealed class JumpGateCodec : ComponentCodec<JumpGate>
{
    private static readonly StructShape Shape = new("destination_sector", "activation_radius");

    /// <summary>Creates the codec.</summary>
    public JumpGateCodec()
        : base(ComponentKinds.JumpGate, "JumpGate")
    {
    }

    /// <inheritdoc />
    public override void Write(scoped ref MessagePackWriter writer, in JumpGate value)
    {
        writer.WriteArrayHead(2);
        writer.WriteUInt(value.DestinationSector);
        writer.WriteSingle(value.ActivationRadius);
    }

    /// <inheritdoc />
    public override bool TryRead(scoped ref MessagePackReader reader, out JumpGate value)
    {
        value = default;
        if (!reader.TryBeginStruct(Shape, out var fields))
            return false;
        while (fields.TryNext(ref reader, out var field))
        {
            var read = field switch
            {
                0 => reader.TryReadId(out value.DestinationSector),
                _ => reader.TryReadSingle(out value.ActivationRadius),
            };
            if (!read)
                return false;
        }

        return fields.TryEnd(ref reader);
    }
}
