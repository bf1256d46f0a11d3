// Answer to a match.
namespace Aetheris.Gateway.Http;

/// <summary>Where to connect and with what.</summary>
/// <param name="Room">The room.</param>
/// <param name="ConnectToken">Opens one connection to that room.</param>
/// <param name="ExpiresAt">When the connect token ends.</param>
/// <param name="Udp">UDP address of this gateway.</param>
/// <param name="Ws">WebSocket URL of this gateway.</param>
/// <param name="Gateways">Gateways, the recommended one first, at most 4.</param>
public sealed record MatchAnswer(string Room, string ConnectToken, DateTimeOffset ExpiresAt, UdpAddress Udp, string Ws, IReadOnlyList<GatewayAddress> Gateways);
