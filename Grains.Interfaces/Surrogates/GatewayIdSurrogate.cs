// Lets GatewayId travel in grain calls while Protocol stays free of Orleans.
using Aetheris.Protocol.Identity;

namespace Aetheris.Grains.Interfaces.Surrogates;

/// <summary>Wire form of <see cref="GatewayId"/> in grain calls.</summary>
[GenerateSerializer, Alias("aetheris.id.gateway")]
public struct GatewayIdSurrogate
{
    /// <summary>The number.</summary>
    [Id(0)] public ulong Value;
}
