// Payload of MiningBeam, kind 1024. Source: WIRE_FORMAT §8.
using Aetheris.Protocol.Codec1.MessagePack;
using Aetheris.Protocol.Components;

namespace Aetheris.Protocol.Codec1.Components;

/// <summary>Array of 4: active, target, mining_range, base_mining_rate.</summary>
public sealed class MiningBeamCodec : ComponentCodec<MiningBeam>
{
    private static readonly StructShape Shape = new(2, "active", "target", "mining_range", "base_mining_rate");

    /// <summary>Creates the codec.</summary>
    public MiningBeamCodec()
        : base(ComponentKinds.MiningBeam, "MiningBeam")
    {
    }

    /// <inheritdoc />
    public override void Write(scoped ref MessagePackWriter writer, in MiningBeam value)
    {
        writer.WriteArrayHead(4);
        writer.WriteBoolean(value.Active);
        if (value.HasTarget)
            writer.WriteUInt(value.Target);
        else
            writer.WriteNil();
        writer.WriteSingle(value.MiningRange);
        writer.WriteUInt(value.BaseMiningRate);
    }

    /// <inheritdoc />
    public override bool TryRead(scoped ref MessagePackReader reader, out MiningBeam value)
    {
        value = default;
        if (!reader.TryBeginStruct(Shape, out var fields))
            return false;
        while (fields.TryNext(ref reader, out var field))
        {
            var read = field switch
            {
                0 => reader.TryReadBoolean(out value.Active),
                1 => reader.TryReadOptionalUInt64(out value.HasTarget, out value.Target),
                2 => reader.TryReadSingle(out value.MiningRange),
                _ => reader.TryReadUInt16(out value.BaseMiningRate),
            };
            if (!read)
                return false;
        }

        return fields.TryEnd(ref reader);
    }
}
