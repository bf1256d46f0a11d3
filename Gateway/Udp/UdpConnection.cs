// A LiteNetLib peer as a connection.
using System.Net;
using Aetheris.Gateway.Connections;
using Aetheris.Protocol.Link;
using LiteNetLib;

namespace Aetheris.Gateway.Udp;

/// <summary>One UDP connection.</summary>
public sealed class UdpConnection : IConnection
{
    private const int MaxReliableBacklog = 8192;

    private readonly NetPeer _peer;
    private readonly UdpListener _listener;
    private readonly GatewayMetrics _metrics;
    private long _messages;
    private long _bytes;
    private long _dropped;

    /// <summary>A connection over an accepted peer.</summary>
    public UdpConnection(NetPeer peer, UdpListener listener, SealedPeer shown, GatewayMetrics metrics)
    {
        Shown = shown;
        _peer = peer;
        _listener = listener;
        _metrics = metrics;
    }

    /// <summary>What the gate knows of it.</summary>
    public SealedPeer Shown { get; }

    /// <inheritdoc />
    public string Transport => "udp";

    /// <inheritdoc />
    public EndPoint? Remote => _peer;

    /// <inheritdoc />
    public bool IsOpen => _peer.ConnectionState == ConnectionState.Connected;

    /// <inheritdoc />
    public long SilentMilliseconds => (long)_peer.TimeSinceLastPacket;

    /// <inheritdoc />
    public ConnectionStats Stats => new(_messages, _bytes, _dropped);

    /// <inheritdoc />
    public bool Send(ReadOnlySpan<byte> message, bool reliable)
    {
        if (!IsOpen)
        {
            _metrics.CountOutboundError(reliable);
            return false;
        }

        if (reliable)
        {
            if (_peer.GetPacketsCountInReliableQueue(LinkLimits.ReliableChannel, ordered: true) > MaxReliableBacklog)
            {
                _dropped++;
                _metrics.Drop("reliable_backlog");
                _metrics.CountOutboundError(reliable);
                _peer.Disconnect();
                return false;
            }

            _peer.Send(message, LinkLimits.ReliableChannel, DeliveryMethod.ReliableOrdered);
        }
        else if (message.Length > LinkLimits.MaxDatagram)
        {
            _dropped++;
            _metrics.Drop("too_big");
            _metrics.CountOutboundError(reliable);
            return false;
        }
        else
        {
            _peer.Send(message, LinkLimits.ReliableChannel, DeliveryMethod.Unreliable);
        }

        _messages++;
        _bytes += message.Length;
        _metrics.CountOutbound();
        _listener.MarkDirty();
        return true;
    }

    /// <inheritdoc />
    public void Close(ReadOnlySpan<byte> lastWords)
    {
        if (IsOpen)
            _peer.Disconnect(lastWords);
        _listener.MarkDirty();
    }
}
