// The index of gateways, so that a match can name where to connect.
using Aetheris.Grains.Interfaces.Calls;
using Aetheris.Protocol.Identity;

namespace Aetheris.Grains.Interfaces.Directory;

/// <summary>The index of gateways. Key 0. A gateway reports every 2 s and is dropped after 6 s of silence.</summary>
[Alias("aetheris.directory.gateways")]
public interface IGatewayDirectoryGrain : IGrainWithIntegerKey
{
    /// <summary>A gateway reports itself.</summary>
    /// <returns>Whether it is to drain: an operator asked for it.</returns>
    [Alias("report"), ByTurns]
    Task<bool> ReportAsync(GatewayListing listing);

    /// <summary>An operator takes a gateway away: no match names it any more, and it hears of it with its next report.</summary>
    /// <returns>Whether there is such a gateway.</returns>
    [Alias("drain")]
    Task<bool> DrainAsync(GatewayId gateway);

    /// <summary>A gateway stops.</summary>
    [Alias("remove")]
    Task RemoveAsync(GatewayId gateway);

    /// <summary>Gateways that reported lately and do not drain, least loaded first.</summary>
    [Alias("list")]
    Task<IReadOnlyList<GatewayListing>> ListAsync();

    /// <summary>All gateways that reported lately, least loaded first.</summary>
    [Alias("list-all")]
    Task<IReadOnlyList<GatewayListing>> ListAllAsync();
}
