// Where a gateway can be reached.
namespace Aetheris.Client.Transport;

/// <summary>One gateway of a match answer.</summary>
/// <param name="Http">Base URL for matching again, empty if unknown.</param>
/// <param name="UdpHost">UDP host.</param>
/// <param name="UdpPort">UDP port.</param>
/// <param name="WebSocket">WebSocket URL, empty if none.</param>
public sealed record GatewayEndpoint(string Http, string UdpHost, int UdpPort, string WebSocket);
