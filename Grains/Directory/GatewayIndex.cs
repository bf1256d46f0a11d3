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
    private readonly TimeProvider _time;

    /// <summary>Creates an empty index.</summary>
    public GatewayIndex(TimeProvider time) => _time = time;

    /// <summary>Takes a gateway's report.</summary>
    public void Report(GatewayListing listing) => _gateways[listing.Gateway] = (listing, _time.GetTimestamp());

    /// <summary>Drops a gateway.</summary>
    public void Remove(GatewayId gateway) => _gateways.Remove(gateway);

    /// <summary>Gateways that do not drain: least loaded first, ties by id.</summary>
    public IReadOnlyList<GatewayListing> List()
    {
        var now = _time.GetTimestamp();
        var silent = new List<GatewayId>();
        var open = new List<GatewayListing>();
        foreach (var (gateway, (listing, lastReport)) in _gateways)
        {
            if (_time.GetElapsedTime(lastReport, now) >= SilentAfter)
                silent.Add(gateway);
            else if (!listing.Draining)
                open.Add(listing);
        }

        foreach (var gateway in silent)
            _gateways.Remove(gateway);
        open.Sort(static (left, right) =>
        {
            var load = left.Connections.CompareTo(right.Connections);
            return load != 0 ? load : left.Gateway.Value.CompareTo(right.Gateway.Value);
        });
        return open;
    }
}
