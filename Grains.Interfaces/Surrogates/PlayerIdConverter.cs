// Converts between PlayerId and its surrogate.
using Aetheris.Protocol.Identity;

namespace Aetheris.Grains.Interfaces.Surrogates;

/// <summary>Converts <see cref="PlayerId"/> for grain calls.</summary>
[RegisterConverter]
public sealed class PlayerIdConverter : IConverter<PlayerId, PlayerIdSurrogate>
{
    /// <inheritdoc />
    public PlayerId ConvertFromSurrogate(in PlayerIdSurrogate surrogate) => new(surrogate.High, surrogate.Low);

    /// <inheritdoc />
    public PlayerIdSurrogate ConvertToSurrogate(in PlayerId value) => new() { High = value.High, Low = value.Low };
}
