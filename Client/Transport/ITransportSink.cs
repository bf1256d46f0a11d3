// Who hears a transport.
using System;

namespace Aetheris.Client.Transport;

/// <summary>Receives what a transport has, inside its Poll.</summary>
public interface ITransportSink
{
    /// <summary>The transport is connected; Accept or Reject follows.</summary>
    void OnConnected();

    /// <summary>One link message, valid during the call.</summary>
    void OnMessage(ReadOnlySpan<byte> message, bool reliable);

    /// <summary>The connection is over or never came to be.</summary>
    /// <param name="reason">Words for a person.</param>
    /// <param name="data">What the peer said last: a Reject or Close control message, or nothing.</param>
    void OnClosed(string reason, ReadOnlySpan<byte> data);
}
