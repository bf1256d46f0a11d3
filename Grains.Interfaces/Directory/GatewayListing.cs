// A gateway with its public addresses and load.
using Aetheris.Protocol.Identity;

namespace Aetheris.Grains.Interfaces.Directory;

/// <summary>One gateway.</summary>
/// <param name="Gateway">Identity of this start of the process.</param>
/// <param name="Http">Public base URL.</param>
/// <param name="UdpHost">Public host for UDP.</param>
/// <param name="UdpPort">Public UDP port.</param>
/// <param name="WebSocket">Public WebSocket URL.</param>
/// <param name="Connections">Live connections.</param>
/// <param name="Draining">Takes no new connections.</param>
[GenerateSerializer, Immutable, Alias("aetheris.directory.gateway")]
public sealed record GatewayListing(
    [property: Id(0)] GatewayId Gateway,
    [property: Id(1)] string Http,
    [property: Id(2)] string UdpHost,
    [property: Id(3)] int UdpPort,
    [property: Id(4)] string WebSocket,
    [property: Id(5)] int Connections,
    [property: Id(6)] bool Draining)
{
    /// <summary>Bytes of codec-2 state sent since the gateway started.</summary>
    [Id(7)] public long StateBytes { get; init; }
}
