// An end point that has shown a connect token: its keys, and how far its connection is.
using Aetheris.Auth.Connect;
using Aetheris.Auth.Tokens;
using Aetheris.Gateway.Connections;
using Aetheris.Protocol.Sealing;

namespace Aetheris.Gateway.Udp;

/// <summary>Made when a first datagram proved genuine; forgotten when it has been silent. Edge thread only.</summary>
public sealed class SealedPeer : IDisposable
{
    /// <summary>Datagrams per second of one end point, keep-alives and acknowledgements of the transport included; twice what a client needs.</summary>
    private const int DatagramsPerSecond = 500;

    private readonly byte[] _tokenTag;
    private TokenBucket _datagrams;

    /// <summary>A peer that has shown a token and is not connected yet.</summary>
    /// <param name="identity">What the token says.</param>
    /// <param name="sealedToken">The token's sealed part, to know it again.</param>
    /// <param name="now">Milliseconds.</param>
    internal SealedPeer(SealedIdentity identity, ReadOnlySpan<byte> sealedToken, long now)
    {
        Claims = identity.Claims;
        Channel = new SealedChannel(identity.GatewayKey, identity.ClientKey);
        _tokenTag = sealedToken[^SealLimits.TagSize..].ToArray();
        _datagrams = new TokenBucket(DatagramsPerSecond, DatagramsPerSecond, now);
        HeardAt = now;
    }

    /// <summary>Who it is.</summary>
    public ConnectClaims Claims { get; }

    /// <summary>Its keys.</summary>
    internal SealedChannel Channel { get; }

    /// <summary>When something genuine came last, in milliseconds.</summary>
    internal long HeardAt { get; set; }

    /// <summary>Its connection, once there was one.</summary>
    internal ConnectionStateMachine? Connection { get; set; }

    /// <summary>The connection is over: only its goodbye is still exchanged.</summary>
    internal bool IsOver { get; set; }

    /// <summary>Whether a first datagram shows the token that this peer has shown.</summary>
    internal bool HasShown(ReadOnlySpan<byte> sealedToken) => sealedToken[^SealLimits.TagSize..].SequenceEqual(_tokenTag);

    /// <summary>Whether one more datagram of it may be handed on.</summary>
    internal bool TryTake(long now) => _datagrams.TryTake(1, now);

    /// <inheritdoc />
    public void Dispose() => Channel.Dispose();
}
