// A UDP address in answers.
namespace Aetheris.Gateway.Http;

/// <summary>Where a gateway listens for UDP.</summary>
/// <param name="Host">Host name or address.</param>
/// <param name="Port">Port.</param>
public sealed record UdpAddress(string Host, int Port);
