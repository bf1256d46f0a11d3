// Lets ConnectionEpoch travel in grain calls while Protocol stays free of Orleans.
using Aetheris.Protocol.Identity;

namespace Aetheris.Grains.Interfaces.Surrogates;

/// <summary>Wire form of <see cref="ConnectionEpoch"/> in grain calls.</summary>
[GenerateSerializer, Alias("aetheris.id.connection")]
public struct ConnectionEpochSurrogate
{
    /// <summary>The number.</summary>
    [Id(0)] public uint Value;
}
