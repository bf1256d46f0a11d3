// Codec-1 events for one connection alone: answers to what it asked.
using System.Diagnostics;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Codec1.Events;
using Aetheris.Protocol.Codec1.Fragmentation;
using Aetheris.Protocol.Link;

namespace Aetheris.Gateway.Connections;

/// <summary>
/// Sends events; only one that is larger than a datagram is cut into fragments, because the original's clients drop longer messages on
/// any channel (T-80, DESIGN §7). What no receiver would put together again is counted and not sent.
/// </summary>
internal sealed class Codec1Sender
{
    private readonly IConnection _transport;
    private readonly GatewayMetrics _metrics;
    private readonly ByteWriter _message = new(256);
    private readonly ByteWriter _part = new(256);
    private Fragmenter? _fragmenter;

    /// <summary>A sender over one transport connection.</summary>
    public Codec1Sender(IConnection transport, GatewayMetrics metrics)
    {
        _transport = transport;
        _metrics = metrics;
    }

    /// <summary>Sends an event.</summary>
    public void Send(scoped in WireEvent wire, bool reliable)
    {
        var started = Stopwatch.GetTimestamp();
        _message.Clear();
        _message.WriteByte((byte)LinkKind.Codec1);
        wire.Write(_message);
        _metrics.Encoder.EventEncoded(started, _message.Length - 1);
        if (!Fragmenter.IsNeeded(_message.Length - 1))
            _transport.Send(_message.Written, reliable);
        else if (Fragmenter.TryCount(_message.Length - 1, out var total))
            SendParts(total, reliable);
        else
            _metrics.Encoder.Overflow();
    }

    private void SendParts(ushort total, bool reliable)
    {
        _fragmenter ??= new Fragmenter();
        var id = _fragmenter.NextMessageId();
        for (ushort i = 0; i < total; i++)
        {
            _part.Clear();
            _part.WriteByte((byte)LinkKind.Codec1);
            Fragmenter.Write(_part, id, i, total, _message.Written[1..]);
            _transport.Send(_part.Written, reliable);
        }
    }
}
