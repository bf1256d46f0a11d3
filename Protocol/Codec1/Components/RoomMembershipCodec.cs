// Payload of RoomMembership, kind 131. Source: WIRE_FORMAT §8.
using Aetheris.Protocol.Codec1.MessagePack;
using Aetheris.Protocol.Components;

namespace Aetheris.Protocol.Codec1.Components;

/// <summary>The bare network id of the room.</summary>
public sealed class RoomMembershipCodec : ComponentCodec<RoomMembership>
{
    /// <summary>Creates the codec.</summary>
    public RoomMembershipCodec()
        : base(ComponentKinds.RoomMembership, "RoomMembership")
    {
    }

    /// <inheritdoc />
    public override void Write(scoped ref MessagePackWriter writer, in RoomMembership value) => writer.WriteUInt(value.Room);

    /// <inheritdoc />
    public override bool TryRead(scoped ref MessagePackReader reader, out RoomMembership value)
    {
        value = default;
        return reader.TryReadId(out value.Room);
    }
}
