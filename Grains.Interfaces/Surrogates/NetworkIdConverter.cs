// Converts between NetworkId and its surrogate.
using Aetheris.Protocol.Identity;

namespace Aetheris.Grains.Interfaces.Surrogates;

/// <summary>Converts <see cref="NetworkId"/> for grain calls.</summary>
[RegisterConverter]
public sealed class NetworkIdConverter : IConverter<NetworkId, NetworkIdSurrogate>
{
    /// <inheritdoc />
    public NetworkId ConvertFromSurrogate(in NetworkIdSurrogate surrogate) => new(surrogate.Value);

    /// <inheritdoc />
    public NetworkIdSurrogate ConvertToSurrogate(in NetworkId value) => new() { Value = value.Value };
}
