// What UDP and WebSocket connections have in common.
using System.Net;

namespace Aetheris.Gateway.Connections;

/// <summary>One transport connection. Only the edge thread calls it.</summary>
public interface IConnection
{
    /// <summary>"udp" or "websocket".</summary>
    string Transport { get; }

    /// <summary>The other end, for audit; null when unknown.</summary>
    EndPoint? Remote { get; }

    /// <summary>Whether messages can still be sent.</summary>
    bool IsOpen { get; }

    /// <summary>Milliseconds since the other end was last heard, keep-alives of the transport included.</summary>
    long SilentMilliseconds { get; }

    /// <summary>What has been sent.</summary>
    ConnectionStats Stats { get; }

    /// <summary>Sends one link message (kind byte first). The bytes are copied. False when it was not taken.</summary>
    /// <param name="message">At most 1,200 bytes unless reliable.</param>
    /// <param name="reliable">Reliable and ordered, else at most once.</param>
    bool Send(ReadOnlySpan<byte> message, bool reliable);

    /// <summary>Ends the connection; the last words travel with the ending where the transport can carry them.</summary>
    void Close(ReadOnlySpan<byte> lastWords);
}
