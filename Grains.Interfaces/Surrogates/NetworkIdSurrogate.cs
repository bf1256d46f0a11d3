// Lets NetworkId travel in grain calls while Protocol stays free of Orleans.
using Aetheris.Protocol.Identity;

namespace Aetheris.Grains.Interfaces.Surrogates;

/// <summary>Wire form of <see cref="NetworkId"/> in grain calls.</summary>
[GenerateSerializer, Alias("aetheris.id.entity")]
public struct NetworkIdSurrogate
{
    /// <summary>The number.</summary>
    [Id(0)] public ulong Value;
}
