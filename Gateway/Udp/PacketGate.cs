// Stands before LiteNetLib: seals what leaves, opens what comes, and lets strangers in only with a connect token.
using System.Net;
using Aetheris.Auth.Tokens;
using Aetheris.Gateway.Connections;
using Aetheris.Gateway.Edge;
using Aetheris.Protocol.Sealing;
using LiteNetLib.Layers;

namespace Aetheris.Gateway.Udp;

/// <summary>
/// LiteNetLib answers unknown packets and allocates for connect requests, so everything that cannot be opened is dropped here: no answer,
/// no memory. A stranger's first datagram is opened without looking anything up but the keys; only one that is genuine counts against its
/// address and makes an entry. Edge thread only.
/// </summary>
public sealed class PacketGate : PacketLayerBase, IDisposable
{
    // A living connection is not replaced from its own end point: whoever could forge its address would end it.
    private const long AliveMilliseconds = 2000;

    // Those who are told that the gateway is full, and those who just left.
    private const int SparePlaces = 1024;

    private static readonly IPEndPoint Nowhere = new(IPAddress.Any, 0);

    private readonly EdgeClock _clock;
    private readonly GatewayMetrics _metrics;
    private readonly IConnectTokens _tokens;
    private readonly AddressBudget _budget;
    private readonly SealedPeers _peers;

    /// <summary>A gate.</summary>
    public PacketGate(EdgeClock clock, GatewayMetrics metrics, IConnectTokens tokens, GatewayOptions options)
        : base(SealLimits.Overhead)
    {
        _clock = clock;
        _metrics = metrics;
        _tokens = tokens;
        _budget = new AddressBudget(options.ConnectsPerSecond, clock.Now);
        _peers = new SealedPeers(options.MaxConnections + SparePlaces);
    }

    /// <summary>End points whose keys are known.</summary>
    public int PeerCount => _peers.Count;

    /// <summary>Whether LiteNetLib's next complaint is about a packet that the gate has dropped, and counted, itself.</summary>
    internal bool HasDropped { get; private set; }

    /// <summary>The peer at an end point; null when unknown.</summary>
    public SealedPeer? Find(IPEndPoint endPoint) => _peers.Find(endPoint);

    /// <summary>Forgets who has been silent.</summary>
    public void Sweep(long now) => _peers.Sweep(now);

    /// <inheritdoc />
    public override void ProcessInboundPacket(ref IPEndPoint endPoint, ref byte[] data, ref int length)
    {
        var reason = Open(endPoint, data.AsSpan(0, length), out length);
        HasDropped = reason is not null;
        if (reason is null)
            return;
        _metrics.Drop(reason);

        // Not length 0: LiteNetLib would forget the packet's buffer and stop receiving for this round.
        data[0] = NetPackets.Invalid;
        length = 1;
    }

    /// <inheritdoc />
    public override void ProcessOutBoundPacket(ref IPEndPoint endPoint, ref byte[] data, ref int offset, ref int length)
    {
        if (_peers.Find(endPoint) is { } peer)
        {
            length = peer.Channel.Seal(data.AsSpan(offset), length);
            return;
        }

        // Nobody is answered whose keys are not known. An empty datagram would be an answer; one to nowhere is never sent.
        _metrics.Drop("outbound_without_keys");
        endPoint = Nowhere;
        length = 0;
    }

    /// <inheritdoc />
    public void Dispose() => _peers.Dispose();

    // The packet stands at the beginning afterwards; otherwise the reason to drop it.
    private string? Open(IPEndPoint endPoint, Span<byte> datagram, out int length)
    {
        var now = _clock.Now;
        var peer = _peers.Find(endPoint);
        if (SealedChannel.IsFirst(datagram))
            return OpenFirst(endPoint, peer, datagram, now, out length);
        length = 0;
        if (peer is null)
            return "unknown_endpoint";
        var verdict = peer.Channel.Open(datagram, out length);
        if (verdict != SealVerdict.Genuine)
            return Reason(verdict);
        peer.HeardAt = now;
        if (peer.IsOver)
            return NetPackets.IsGoodbye(datagram[0]) ? null : "closed";
        if (!peer.TryTake(now))
        {
            peer.Connection?.Violate(now);
            return "datagram_budget";
        }

        if (NetPackets.IsOfClient(datagram[..length]))
            return null;
        peer.Connection?.Violate(now);
        return "forbidden_packet";
    }

    private string? OpenFirst(IPEndPoint endPoint, SealedPeer? known, Span<byte> datagram, long now, out int length)
    {
        length = 0;
        if (!SealedChannel.TryReadFirst(datagram, out var sealedToken))
            return "malformed_first";
        if (known is not null && known.HasShown(sealedToken))
            return OpenRepeated(known, datagram, now, out length);
        if (known is { IsOver: false } && now - known.HeardAt < AliveMilliseconds)
            return "endpoint_in_use";
        var opened = _tokens.Open(sealedToken);
        if (opened.Claims is not { } identity)
            return Reason(opened.Failure);
        if (_tokens.IsUsed(identity.Claims))
            return "token_used";
        if (!_peers.HasPlace && known is null)
            return "endpoints_full";
        var peer = new SealedPeer(identity, sealedToken, now);
        var verdict = peer.Channel.OpenFirst(datagram, out length);
        var reason = verdict != SealVerdict.Genuine ? Reason(verdict)
            : !NetPackets.IsConnectRequest(datagram[..length]) ? "malformed_first"
            : !_budget.TryTake(endPoint.Address, now) ? "connect_rate"
            : !_tokens.TryUse(identity.Claims) ? "token_used"
            : null;
        if (reason is null)
            _peers.Record(endPoint, peer);
        else
            peer.Dispose();
        return reason;
    }

    // The first answer was lost: the transport answers again. It opens nothing twice.
    private static string? OpenRepeated(SealedPeer peer, Span<byte> datagram, long now, out int length)
    {
        var verdict = peer.Channel.OpenFirst(datagram, out length);
        if (verdict != SealVerdict.Genuine)
            return Reason(verdict);
        peer.HeardAt = now;
        if (peer.IsOver)
            return "closed";
        return NetPackets.IsConnectRequest(datagram[..length]) ? null : "malformed_first";
    }

    private static string Reason(TokenFailure failure) => failure switch
    {
        TokenFailure.WrongSignature => "token_forged",
        TokenFailure.Expired => "token_expired",
        TokenFailure.WrongAudience => "token_elsewhere",
        _ => "token_malformed",
    };

    private static string Reason(SealVerdict verdict) => verdict switch
    {
        SealVerdict.Malformed => "malformed_datagram",
        SealVerdict.Replayed => "replayed",
        _ => "forged",
    };
}
