// One connection to one gateway: what UDP and WebSocket have in common.
using System;

namespace Aetheris.Client.Transport;

/// <summary>Carries link messages (kind byte first). Single-threaded: everything happens inside <see cref="Poll"/> and the calls.</summary>
public interface ITransport : IDisposable
{
    /// <summary>What crossed it so far.</summary>
    TransportCounters Counters { get; }

    /// <summary>Measured round trip in microseconds, 0 while unknown.</summary>
    long RoundTripMicros { get; }

    /// <summary>Starts to connect; the outcome arrives at the sink in a later <see cref="Poll"/>.</summary>
    /// <param name="endpoint">Where to.</param>
    /// <param name="connectRequest">Bytes of a ConnectRequest.</param>
    void Connect(GatewayEndpoint endpoint, ReadOnlySpan<byte> connectRequest);

    /// <summary>Receives, delivers to the sink and sends what is due.</summary>
    void Poll(ITransportSink sink);

    /// <summary>Queues one message; ignored unless connected.</summary>
    /// <param name="message">Kind byte first; unreliable ones at most LinkLimits.MaxDatagram.</param>
    /// <param name="reliable">Reliable-ordered on channel 0, else unreliable.</param>
    void Send(ReadOnlySpan<byte> message, bool reliable);

    /// <summary>Hands queued messages to the network now.</summary>
    void Flush();

    /// <summary>Ends the connection at once and tells the peer as far as the transport can.</summary>
    void Close();
}
