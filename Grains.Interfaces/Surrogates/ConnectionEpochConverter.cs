// Converts between ConnectionEpoch and its surrogate.
using Aetheris.Protocol.Identity;

namespace Aetheris.Grains.Interfaces.Surrogates;

/// <summary>Converts <see cref="ConnectionEpoch"/> for grain calls.</summary>
[RegisterConverter]
public sealed class ConnectionEpochConverter : IConverter<ConnectionEpoch, ConnectionEpochSurrogate>
{
    /// <inheritdoc />
    public ConnectionEpoch ConvertFromSurrogate(in ConnectionEpochSurrogate surrogate) => new(surrogate.Value);

    /// <inheritdoc />
    public ConnectionEpochSurrogate ConvertToSurrogate(in ConnectionEpoch value) => new() { Value = value.Value };
}
