// Payload of RoomDefinition, kind 129. Source: WIRE_FORMAT §8.
using Aetheris.Protocol.Codec1.MessagePack;
using Aetheris.Protocol.Components;

namespace Aetheris.Protocol.Codec1.Components;

/// <summary>Array of 4: name, capacity, access, is_template. Name and permission of more than 64 bytes are refused.</summary>
public sealed class RoomDefinitionCodec : ComponentCodec<RoomDefinition>
{
    /// <summary>MAX_ROOM_STRING_BYTES (WIRE_FORMAT §1).</summary>
    public const int MaxTextBytes = 64;

    private static readonly StructShape Shape = new("name", "capacity", "access", "is_template");

    /// <summary>Creates the codec.</summary>
    public RoomDefinitionCodec()
        : base(ComponentKinds.RoomDefinition, "RoomDefinition")
    {
    }

    /// <inheritdoc />
    public override void Write(scoped ref MessagePackWriter writer, in RoomDefinition value)
    {
        writer.WriteArrayHead(4);
        writer.WriteString(value.Name);
        writer.WriteUInt(value.Capacity);
        if (value.Access == RoomAccess.Permission)
        {
            writer.WriteVariantHead(EnumShapes.RoomAccess, (int)value.Access);
            writer.WriteString(value.Permission);
        }
        else
        {
            writer.WriteUnitVariant(EnumShapes.RoomAccess, (int)value.Access);
        }

        writer.WriteBoolean(value.IsTemplate);
    }

    /// <inheritdoc />
    public override bool TryRead(scoped ref MessagePackReader reader, out RoomDefinition value)
    {
        value = default;
        if (!reader.TryBeginStruct(Shape, out var fields))
            return false;
        while (fields.TryNext(ref reader, out var field))
        {
            var read = field switch
            {
                0 => reader.TryReadString(MaxTextBytes, out value.Name),
                1 => reader.TryReadUInt32(out value.Capacity),
                2 => TryReadAccess(ref reader, ref value),
                _ => reader.TryReadBoolean(out value.IsTemplate),
            };
            if (!read)
                return false;
        }

        return fields.TryEnd(ref reader);
    }

    private static bool TryReadAccess(scoped ref MessagePackReader reader, ref RoomDefinition value)
    {
        if (!reader.TryReadVariant(EnumShapes.RoomAccess, out var index, out var hasBody))
            return false;
        value.Access = (RoomAccess)index;
        value.Permission = string.Empty;
        if (value.Access == RoomAccess.Permission)
            return hasBody && reader.TryReadString(MaxTextBytes, out value.Permission);
        return !hasBody || reader.TryReadNil();
    }
}
