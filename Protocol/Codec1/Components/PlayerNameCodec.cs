// Payload of PlayerName, kind 6. Source: WIRE_FORMAT §8.
using Aetheris.Protocol.Codec1.MessagePack;
using Aetheris.Protocol.Components;

namespace Aetheris.Protocol.Codec1.Components;

/// <summary>Array of 1: name.</summary>
public sealed class PlayerNameCodec : ComponentCodec<PlayerName>
{
    private static readonly StructShape Shape = new("name");

    /// <summary>Creates the codec.</summary>
    public PlayerNameCodec()
        : base(ComponentKinds.PlayerName, "PlayerName")
    {
    }

    /// <inheritdoc />
    public override void Write(scoped ref MessagePackWriter writer, in PlayerName value)
    {
        writer.WriteArrayHead(1);
        writer.WriteString(value.Name);
    }

    /// <inheritdoc />
    public override bool TryRead(scoped ref MessagePackReader reader, out PlayerName value)
    {
        value = default;
        if (!reader.TryBeginStruct(Shape, out var fields))
            return false;
        while (fields.TryNext(ref reader, out _))
        {
            var read = reader.TryReadString(int.MaxValue, out value.Name);
            if (!read)
                return false;
        }

        return fields.TryEnd(ref reader);
    }
}
