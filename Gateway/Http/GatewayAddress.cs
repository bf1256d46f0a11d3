// A gateway in answers.
namespace Aetheris.Gateway.Http;

/// <summary>How to reach a gateway.</summary>
/// <param name="Id">Identity of this start of its process.</param>
/// <param name="Http">Base URL.</param>
/// <param name="Udp">UDP address.</param>
/// <param name="Ws">WebSocket URL.</param>
public sealed record GatewayAddress(string Id, string Http, UdpAddress Udp, string Ws);
