// The index of gateways, so that a match can name where to connect.
using Aetheris.Protocol.Identity;

namespace Aetheris.Grains.Interfaces.Directory;

/// <summary>The index of gateways. Key 0. A gateway reports every 2 s and is dropped after 6 s of silence.</summary>
[Alias("aetheris.directory.gateways")]
public interface IGatewayDirectoryGrain : IGrainWithIntegerKey
{
    /// <summary>A gateway reports itself.</summary>
    [Alias("report")]
    Task ReportAsync(GatewayListing listing);

    /// <summary>A gateway stops.</summary>
    [Alias("remove")]
    Task RemoveAsync(GatewayId gateway);

    /// <summary>Gateways that reported lately and do not drain, least loaded first.</summary>
    [Alias("list")]
    Task<IReadOnlyList<GatewayListing>> ListAsync();
}
