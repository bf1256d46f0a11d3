// The UDP door: one LiteNetLib manager in manual mode on the edge thread.
using System.Net;
using System.Net.Sockets;
using Aetheris.Gateway.Connections;
using Aetheris.Gateway.Edge;
using Aetheris.Protocol.Link;
using LiteNetLib;
using Microsoft.Extensions.Logging;

namespace Aetheris.Gateway.Udp;

/// <summary>Receives in <see cref="Step"/>, sends in <see cref="Flush"/>; starts no thread (DESIGN §6, LiteNetLib). IPv4 and IPv6.</summary>
public sealed class UdpListener : IEdgeStep, INetEventListener, IDisposable
{
    private const int MaxPacketsPerStep = 4096;
    private const int IdleUpdateMilliseconds = 5;
    private const int DisconnectMilliseconds = 5000;

    private readonly ConnectionSet _connections;
    private readonly GatewayMetrics _metrics;
    private readonly ILogger _logger;
    private readonly PacketGate _gate;
    private readonly NetManager _net;
    private readonly byte[] _full;
    private long _lastUpdate;
    private bool _dirty;

    /// <summary>A listener that is not bound yet.</summary>
    public UdpListener(
        ConnectionSet connections, IConnectTokens tokens, GatewayOptions options, EdgeClock clock, GatewayMetrics metrics, ILogger<UdpListener> logger)
    {
        _connections = connections;
        _metrics = metrics;
        _logger = logger;
        _gate = new PacketGate(clock, metrics, tokens, options);
        NetDebug.Logger = new SilentNetLogger(metrics, _gate);
        _net = new NetManager(this, _gate)
        {
            AutoRecycle = true,
            IPv6Enabled = true,
            MtuOverride = LinkLimits.Mtu,
            DisconnectTimeout = DisconnectMilliseconds,
            MaxPacketPerManualReceive = MaxPacketsPerStep,
            UnconnectedMessagesEnabled = false,
            BroadcastReceiveEnabled = false,
            NatPunchEnabled = false,
        };
        var writer = new Protocol.Binary.ByteWriter(64);
        new ControlMessage { Kind = ControlKind.Reject, Code = CloseReason.Full, Reason = "This gateway is full or stopping; try another." }.Write(writer);
        _full = writer.Written.ToArray();
    }

    /// <summary>The bound port; 0 before <see cref="Bind"/>.</summary>
    public int Port => _net.LocalPort;

    /// <summary>Peers of LiteNetLib.</summary>
    public int PeerCount => _net.ConnectedPeersCount;

    /// <summary>End points whose keys are known.</summary>
    public int SealedPeerCount => _gate.PeerCount;

    /// <summary>Any peer; null without one.</summary>
    internal NetPeer? FirstPeer => _net.FirstPeer;

    /// <summary>What the gate knows of an end point; null when unknown.</summary>
    internal SealedPeer? Find(IPEndPoint endPoint) => _gate.Find(endPoint);

    /// <summary>Binds the port.</summary>
    /// <exception cref="InvalidOperationException">The port is taken or not allowed.</exception>
    public void Bind(int port)
    {
        if (!_net.StartInManualMode(IPAddress.Any, IPAddress.IPv6Any, port))
            throw new InvalidOperationException($"UDP port {port} cannot be bound; change {GatewayOptions.Section}:{nameof(GatewayOptions.UdpPort)} or end what uses it.");
        EdgeLog.UdpListening(_logger, _net.LocalPort);
    }

    /// <summary>Something waits to be sent in this round.</summary>
    public void MarkDirty() => _dirty = true;

    /// <inheritdoc />
    public void Step(long now) => _net.PollEvents();

    /// <summary>Sends what waits; without anything to send it only keeps LiteNetLib's timers going.</summary>
    public void Flush(long now)
    {
        _gate.Sweep(now);
        var elapsed = now - _lastUpdate;
        if (!_dirty && elapsed < IdleUpdateMilliseconds)
            return;
        _dirty = false;
        _lastUpdate = now;
        _net.ManualUpdate(elapsed);
    }

    /// <summary>Closes the socket; peers are told.</summary>
    public void Dispose()
    {
        _net.Stop(sendDisconnectMessages: true);
        _gate.Dispose();
    }

    void INetEventListener.OnConnectionRequest(ConnectionRequest request)
    {
        // The gate has let this request pass, so it knows who asks, unless the table changed hands in between.
        if (_gate.Find(request.RemoteEndPoint) is not { Connection: null } shown)
        {
            _metrics.Drop("connected_twice");
            request.RejectForce();
            return;
        }

        if (!_connections.HasPlace)
        {
            _metrics.Drop("full");
            shown.IsOver = true;
            request.Reject(_full);
            return;
        }

        var data = request.Data.GetRemainingBytes();
        var peer = request.Accept();
        var connection = _connections.Open(new UdpConnection(peer, this, shown, _metrics), data, shown.Claims);
        peer.Tag = connection;
        shown.Connection = connection;
        _dirty = true;
    }

    void INetEventListener.OnNetworkReceive(NetPeer peer, NetPacketReader reader, byte channelNumber, DeliveryMethod deliveryMethod)
    {
        if (peer.Tag is ConnectionStateMachine connection)
            _connections.Receive(connection, reader.GetRemainingBytesSpan(), deliveryMethod == DeliveryMethod.ReliableOrdered);
    }

    void INetEventListener.OnPeerDisconnected(NetPeer peer, DisconnectInfo disconnectInfo)
    {
        if (peer.Tag is not ConnectionStateMachine connection)
            return;
        if (connection.Transport is UdpConnection udp)
            udp.Shown.IsOver = true;
        connection.Lost();
    }

    void INetEventListener.OnPeerConnected(NetPeer peer)
    {
    }

    void INetEventListener.OnNetworkError(IPEndPoint endPoint, SocketError socketError) => _metrics.Drop("socket_error");

    void INetEventListener.OnNetworkReceiveUnconnected(IPEndPoint remoteEndPoint, NetPacketReader reader, UnconnectedMessageType messageType) =>
        _metrics.Drop("unconnected");

    void INetEventListener.OnNetworkLatencyUpdate(NetPeer peer, int latency)
    {
    }

    void INetEventListener.OnMessageDelivered(NetPeer peer, object userData)
    {
    }

    void INetEventListener.OnPeerAddressChanged(NetPeer peer, IPEndPoint previousAddress)
    {
    }
}
