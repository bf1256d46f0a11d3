// The index of gateways.
using Aetheris.Grains.Interfaces.Directory;
using Aetheris.Protocol.Identity;

namespace Aetheris.Grains.Directory;

/// <summary>The grain of the gateway index. It keeps nothing durable: gateways report every 2 s and fill it again.</summary>
public sealed class GatewayDirectoryGrain : Grain, IGatewayDirectoryGrain
{
    private readonly GatewayIndex _index;

    /// <summary>Created by Orleans.</summary>
    public GatewayDirectoryGrain(TimeProvider time) => _index = new GatewayIndex(time);

    /// <inheritdoc />
    public Task<bool> ReportAsync(GatewayListing listing) => Task.FromResult(_index.Report(listing));

    /// <inheritdoc />
    public Task<bool> DrainAsync(GatewayId gateway) => Task.FromResult(_index.Drain(gateway));

    /// <inheritdoc />
    public Task RemoveAsync(GatewayId gateway)
    {
        _index.Remove(gateway);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<GatewayListing>> ListAsync() => Task.FromResult(_index.List());

    /// <inheritdoc />
    public Task<IReadOnlyList<GatewayListing>> ListAllAsync() => Task.FromResult<IReadOnlyList<GatewayListing>>(_index.ListAll());
}
