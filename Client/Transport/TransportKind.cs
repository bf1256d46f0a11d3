// The transports a client can use.
namespace Aetheris.Client.Transport;

/// <summary>How messages travel.</summary>
public enum TransportKind
{
    /// <summary>LiteNetLib over UDP.</summary>
    Udp = 0,

    /// <summary>WebSocket: everything reliable and ordered.</summary>
    WebSocket = 1,
}
