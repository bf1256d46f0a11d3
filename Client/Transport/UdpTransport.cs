// LiteNetLib in manual mode, sealed: no thread of its own, polled with the client.
using System;
using System.Net;
using System.Net.Sockets;
using Aetheris.Client.Impairment;
using Aetheris.Client.Time;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Link;
using Aetheris.Protocol.Sealing;
using LiteNetLib;

namespace Aetheris.Client.Transport;

/// <summary>
/// One NetManager with one peer, whose packets <see cref="SealLayer"/> seals with the keys of the connect token. With impairment its
/// datagrams pass through a relay on loopback, so that loss and delay act below LiteNetLib and below the seal.
/// </summary>
public sealed class UdpTransport : ITransport, INetEventListener
{
    /// <summary>Bytes of IPv4 and UDP head per datagram.</summary>
    public const int WireHead = 28;

    private const int MaxPollsAfterDrops = 64;

    private readonly SealLayer _seal = new();
    private readonly NetManager _net;
    private readonly IClientClock _clock;
    private readonly LinkImpairment? _impairment;
    private TransportCounters _counters;
    private ITransportSink? _sink;
    private NetPeer? _peer;
    private string? _failure;
    private long _updatedAt;
    private bool _closed;

    /// <summary>Creates a transport with its own socket.</summary>
    /// <param name="clock">Drives resends and pings.</param>
    /// <param name="impairment">Loss and delay, or null. Disposed with the transport.</param>
    public UdpTransport(IClientClock clock, LinkImpairment? impairment)
    {
        _clock = clock;
        _impairment = impairment;
        _net = new NetManager(this, _seal)
        {
            AutoRecycle = true,
            IPv6Enabled = true,
            EnableStatistics = true,
            MtuOverride = LinkLimits.Mtu,
            DisconnectTimeout = 5000,
            ReconnectDelay = 250,
            MaxConnectAttempts = 20,
            UnconnectedMessagesEnabled = false,
        };
    }

    /// <inheritdoc />
    public TransportCounters Counters
    {
        get
        {
            var counters = _counters;
            var statistics = _net.Statistics;
            counters.WireUp = statistics.BytesSent + WireHead * statistics.PacketsSent;
            counters.WireDown = statistics.BytesReceived + WireHead * statistics.PacketsReceived;
            return counters;
        }
    }

    /// <inheritdoc />
    public long RoundTripMicros => _peer is { ConnectionState: ConnectionState.Connected } ? _peer.RoundTripTime * 1000L : 0;

    /// <inheritdoc />
    public void Connect(GatewayEndpoint endpoint, ReadOnlySpan<byte> connectRequest)
    {
        _updatedAt = _clock.NowMicros;
        if (!TryResolve(endpoint, out var target, out _failure) || !TryTakeToken(connectRequest, out var request))
            return;
        try
        {
            if (!_net.StartInManualMode(0))
            {
                _failure = "no UDP socket available";
                return;
            }

            if (_impairment is not null)
                target = _impairment.Start(target!);
            _seal.Aim(target!);
            _peer = _net.Connect(target!, request);
        }
        catch (SocketException e)
        {
            _failure = e.Message;
        }
    }

    /// <inheritdoc />
    public void Poll(ITransportSink sink)
    {
        _sink = sink;
        if (_failure is not null && !_closed)
        {
            _closed = true;
            sink.OnClosed(_failure, default);
        }

        _impairment?.Poll();
        Receive();
        Update();
        _impairment?.Poll();
        _sink = null;
    }

    /// <inheritdoc />
    public void Send(ReadOnlySpan<byte> message, bool reliable)
    {
        if (_peer is not { ConnectionState: ConnectionState.Connected } || (!reliable && message.Length > LinkLimits.MaxDatagram))
            return;
        _counters.PayloadUp += message.Length;
        _peer.Send(message, LinkLimits.ReliableChannel, reliable ? DeliveryMethod.ReliableOrdered : DeliveryMethod.Unreliable);
    }

    /// <inheritdoc />
    public void Flush()
    {
        Update();
        _impairment?.Poll();
    }

    /// <inheritdoc />
    public void Close()
    {
        if (_closed)
            return;
        _closed = true;
        if (_net.IsRunning)
        {
            _peer?.Disconnect();
            Update();
            _impairment?.Poll();
            _net.Stop(sendDisconnectMessages: false);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Close();
        if (_net.IsRunning)
            _net.Stop(sendDisconnectMessages: false);
        _impairment?.Dispose();
        _seal.Dispose();
    }

    /// <inheritdoc />
    public void OnPeerConnected(NetPeer peer) => _sink?.OnConnected();

    /// <inheritdoc />
    public void OnPeerDisconnected(NetPeer peer, DisconnectInfo disconnectInfo)
    {
        if (_closed)
            return;
        _closed = true;
        var data = disconnectInfo.AdditionalData is null ? default : disconnectInfo.AdditionalData.GetRemainingBytesSpan();
        _sink?.OnClosed(Describe(disconnectInfo.Reason), data);
    }

    /// <inheritdoc />
    public void OnNetworkError(IPEndPoint endPoint, SocketError socketError)
    {
    }

    /// <inheritdoc />
    public void OnNetworkReceive(NetPeer peer, NetPacketReader reader, byte channelNumber, DeliveryMethod deliveryMethod)
    {
        var message = reader.GetRemainingBytesSpan();
        _counters.PayloadDown += message.Length;
        _counters.MessagesDown++;
        if (!_closed)
            _sink?.OnMessage(message, deliveryMethod == DeliveryMethod.ReliableOrdered);
    }

    /// <inheritdoc />
    public void OnNetworkReceiveUnconnected(IPEndPoint remoteEndPoint, NetPacketReader reader, UnconnectedMessageType messageType)
    {
    }

    /// <inheritdoc />
    public void OnNetworkLatencyUpdate(NetPeer peer, int latency)
    {
    }

    /// <inheritdoc />
    public void OnConnectionRequest(ConnectionRequest request) => request.RejectForce();

    // The token leaves the request: over UDP its sealed part leads the first datagram, and its keys never leave.
    private bool TryTakeToken(ReadOnlySpan<byte> connectRequest, out ReadOnlySpan<byte> rest)
    {
        rest = default;
        if (!ConnectRequest.TryRead(connectRequest, out var request) || !ConnectToken.TryParse(request.Token, out var token))
        {
            _failure = "the connect token is not understood";
            return false;
        }

        try
        {
            _seal.Use(token!);
        }
        catch (PlatformNotSupportedException)
        {
            _failure = "this runtime has no AES-GCM; use WebSocket";
            return false;
        }

        var writer = new ByteWriter(64);
        (request with { Token = string.Empty }).Write(writer);
        rest = writer.Written;
        return true;
    }

    // LiteNetLib stops receiving for this call at a datagram that the layer drops.
    private void Receive()
    {
        for (var polls = 0; polls < MaxPollsAfterDrops; polls++)
        {
            var dropped = _seal.Dropped;
            _net.PollEvents();
            if (_seal.Dropped == dropped)
                return;
        }
    }

    private static bool TryResolve(GatewayEndpoint endpoint, out IPEndPoint? target, out string? failure)
    {
        target = null;
        failure = null;
        if (endpoint.UdpPort is <= 0 or > 65535)
        {
            failure = "the gateway has no UDP port";
            return false;
        }

        try
        {
            if (!IPAddress.TryParse(endpoint.UdpHost, out var address))
            {
                var addresses = Dns.GetHostAddresses(endpoint.UdpHost);
                address = Array.Find(addresses, a => a.AddressFamily == AddressFamily.InterNetwork) ?? (addresses.Length > 0 ? addresses[0] : null);
            }

            if (address is null)
            {
                failure = "host " + endpoint.UdpHost + " has no address";
                return false;
            }

            target = new IPEndPoint(address, endpoint.UdpPort);
            return true;
        }
        catch (SocketException e)
        {
            failure = "host " + endpoint.UdpHost + ": " + e.Message;
            return false;
        }
    }

    private static string Describe(DisconnectReason reason) => reason switch
    {
        DisconnectReason.ConnectionFailed => "no answer from the gateway",
        DisconnectReason.Timeout => "the gateway went silent",
        DisconnectReason.HostUnreachable => "host unreachable",
        DisconnectReason.NetworkUnreachable => "network unreachable",
        DisconnectReason.RemoteConnectionClose => "the gateway closed the connection",
        DisconnectReason.ConnectionRejected => "the gateway refused the connection",
        _ => "connection over (" + reason + ")",
    };

    private void Update()
    {
        if (!_net.IsRunning)
            return;
        var now = _clock.NowMicros;
        _net.ManualUpdate((now - _updatedAt) / 1000f);
        _updatedAt = now;
    }
}
