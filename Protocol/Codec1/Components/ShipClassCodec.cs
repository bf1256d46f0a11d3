// Payload of ShipClass, kind 5. Source: WIRE_FORMAT §8.
using Aetheris.Protocol.Codec1.MessagePack;
using Aetheris.Protocol.Components;

namespace Aetheris.Protocol.Codec1.Components;

/// <summary>The bare name of the class.</summary>
public sealed class ShipClassCodec : ComponentCodec<ShipClassComponent>
{
    /// <summary>Creates the codec.</summary>
    public ShipClassCodec()
        : base(ComponentKinds.ShipClassComponent, "ShipClass")
    {
    }

    /// <inheritdoc />
    public override void Write(scoped ref MessagePackWriter writer, in ShipClassComponent value) =>
        writer.WriteUnitVariant(EnumShapes.ShipClass, (int)value.Value);

    /// <inheritdoc />
    public override bool TryRead(scoped ref MessagePackReader reader, out ShipClassComponent value)
    {
        var read = EnumValues.TryReadShipClass(ref reader, out var shipClass);
        value = new ShipClassComponent { Value = shipClass };
        return read;
    }
}
