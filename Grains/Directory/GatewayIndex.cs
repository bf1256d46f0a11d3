// Which gateways take connections, without Orleans.
using Aetheris.Grains.Interfaces.Directory;
using Aetheris.Protocol.Identity;

namespace Aetheris.Grains.Directory;

/// <summary>Gateways that reported within <see cref="SilentAfter"/>. Not thread-safe.</summary>
public sealed class GatewayIndex
{
    /// <summary>A gateway that is silent for this long is dropped.</summary>
    public static readonly TimeSpan SilentAfter = TimeSpan.FromSeconds(6);

    private readonly Dictionary<GatewayId, (GatewayListing Listing, long LastReport)> _gateways = [];
    private readonly HashSet<GatewayId> _toDrain = [];
    private readonly TimeProvider _time;

    /// <summary>Creates an empty index.</summary>
    public GatewayIndex(TimeProvider time) => _time = time;

    /// <summary>Takes a gateway's report.</summary>
    /// <returns>Whether it is to drain.</returns>
    public bool Report(GatewayListing listing)
    {
        var drains = _toDrain.Contains(listing.Gateway);
        _gateways[listing.Gateway] = (listing with { Draining = listing.Draining || drains }, _time.GetTimestamp());
        return drains;
    }

    /// <summary>Drops a gateway.</summary>
    public void Remove(GatewayId gateway)
    {
        _gateways.Remove(gateway);
        _toDrain.Remove(gateway);
    }

    /// <summary>No more players are sent to a gateway, and it hears with its next report that it is to drain.</summary>
    /// <returns>Whether there is such a gateway.</returns>
    public bool Drain(GatewayId gateway)
    {
        Sweep();
        if (!_gateways.TryGetValue(gateway, out var known))
            return false;
        _toDrain.Add(gateway);
        _gateways[gateway] = (known.Listing with { Draining = true }, known.LastReport);
        return true;
    }

    /// <summary>Gateways that do not drain: least loaded first, ties by id.</summary>
    public IReadOnlyList<GatewayListing> List()
    {
        var open = ListAll();
        open.RemoveAll(static listing => listing.Draining);
        return open;
    }

    /// <summary>All gateways: least loaded first, ties by id.</summary>
    public List<GatewayListing> ListAll()
    {
        Sweep();
        var open = new List<GatewayListing>(_gateways.Count);
        foreach (var (listing, _) in _gateways.Values)
            open.Add(listing);
        open.Sort(static (left, right) =>
        {
            var load = left.Connections.CompareTo(right.Connections);
            return load != 0 ? load : left.Gateway.Value.CompareTo(right.Gateway.Value);
        });
        return open;
    }

    private void Sweep()
    {
        var now = _time.GetTimestamp();
        foreach (var (gateway, (_, lastReport)) in _gateways)
        {
            if (_time.GetElapsedTime(lastReport, now) >= SilentAfter)
                Remove(gateway);
        }
    }
}
