// The end points whose keys this gateway knows.
using System.Net;

namespace Aetheris.Gateway.Udp;

/// <summary>Bounded, and swept of what is silent. Edge thread only.</summary>
/// <param name="capacity">Most end points.</param>
internal sealed class SealedPeers(int capacity) : IDisposable
{
    /// <summary>Silence after which keys are forgotten; the transport gives a peer up after 5 s.</summary>
    public const long ForgetMilliseconds = 12_000;

    private const long SweepMilliseconds = 1000;

    private readonly Dictionary<EndpointKey, SealedPeer> _peers = [];
    private readonly List<EndpointKey> _silent = [];
    private long _nextSweep;

    /// <summary>End points known.</summary>
    public int Count => _peers.Count;

    /// <summary>Whether one more fits.</summary>
    public bool HasPlace => _peers.Count < capacity;

    /// <summary>The peer at an end point; null when unknown.</summary>
    public SealedPeer? Find(IPEndPoint endPoint) => _peers.GetValueOrDefault(EndpointKey.Of(endPoint));

    /// <summary>Records a peer, in place of what was known of its end point.</summary>
    public void Record(IPEndPoint endPoint, SealedPeer peer)
    {
        var key = EndpointKey.Of(endPoint);
        if (_peers.Remove(key, out var old))
            old.Dispose();
        _peers.Add(key, peer);
    }

    /// <summary>Forgets who has been silent for long.</summary>
    public void Sweep(long now)
    {
        if (now < _nextSweep)
            return;
        _nextSweep = now + SweepMilliseconds;
        foreach (var (key, peer) in _peers)
        {
            if (now - peer.HeardAt >= ForgetMilliseconds)
                _silent.Add(key);
        }

        foreach (var key in _silent)
        {
            _peers.Remove(key, out var peer);
            peer?.Dispose();
        }

        _silent.Clear();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var peer in _peers.Values)
            peer.Dispose();
        _peers.Clear();
    }
}
