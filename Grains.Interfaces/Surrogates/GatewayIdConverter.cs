// Converts between GatewayId and its surrogate.
using Aetheris.Protocol.Identity;

namespace Aetheris.Grains.Interfaces.Surrogates;

/// <summary>Converts <see cref="GatewayId"/> for grain calls.</summary>
[RegisterConverter]
public sealed class GatewayIdConverter : IConverter<GatewayId, GatewayIdSurrogate>
{
    /// <inheritdoc />
    public GatewayId ConvertFromSurrogate(in GatewayIdSurrogate surrogate) => new(surrogate.Value);

    /// <inheritdoc />
    public GatewayIdSurrogate ConvertToSurrogate(in GatewayId value) => new() { Value = value.Value };
}
