// Lets PlayerId travel in grain calls while Protocol stays free of Orleans.
using Aetheris.Protocol.Identity;

namespace Aetheris.Grains.Interfaces.Surrogates;

/// <summary>Wire form of <see cref="PlayerId"/> in grain calls.</summary>
[GenerateSerializer, Alias("aetheris.id.player")]
public struct PlayerIdSurrogate
{
    /// <summary>Upper half.</summary>
    [Id(0)] public ulong High;

    /// <summary>Lower half.</summary>
    [Id(1)] public ulong Low;
}
