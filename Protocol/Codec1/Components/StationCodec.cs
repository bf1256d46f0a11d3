// Payload of Station, kind 11. Source: WIRE_FORMAT §8.
using System;
using Aetheris.Protocol.Codec1.MessagePack;
using Aetheris.Protocol.Components;

namespace Aetheris.Protocol.Codec1.Components;

/// <summary>Array of 2: position, safe_zone_radius.</summary>
public sealed class StationCodec : ComponentCodec<Station>
{
    private static readonly StructShape Shape = new("position", "safe_zone_radius");

    /// <summary>Creates the codec.</summary>
    public StationCodec()
        : base(ComponentKinds.Station, "Station")
    {
    }

    /// <inheritdoc />
    public override void Write(scoped ref MessagePackWriter writer, in Station value)
    {
        writer.WriteArrayHead(2);
        writer.WriteArrayHead(2);
        writer.WriteSingle(value.X);
        writer.WriteSingle(value.Y);
        writer.WriteSingle(value.SafeZoneRadius);
    }

    /// <inheritdoc />
    public override bool TryRead(scoped ref MessagePackReader reader, out Station value)
    {
        value = default;
        if (!reader.TryBeginStruct(Shape, out var fields))
            return false;
        while (fields.TryNext(ref reader, out var field))
        {
            var read = field switch
            {
                0 => TryReadPosition(ref reader, ref value),
                _ => reader.TryReadSingle(out value.SafeZoneRadius),
            };
            if (!read)
                return false;
        }

        return fields.TryEnd(ref reader);
    }

    private static bool TryReadPosition(scoped ref MessagePackReader reader, ref Station value)
    {
        Span<float> position = stackalloc float[2];
        if (!reader.TryReadSingles(position))
            return false;
        value.X = position[0];
        value.Y = position[1];
        return true;
    }
}
