// Keeps a gateway connected while Redis has forgotten who the silos are.
using Orleans.Messaging;

namespace Aetheris.Hosting.Redis;

/// <summary>
/// Orleans closes its connections to every silo that is not in the list. An empty list after a full one says something about the store,
/// not about the silos: the last one stays. A silo that is really gone closes its sockets.
/// </summary>
internal sealed class RememberingGatewayList(IGatewayListProvider inner) : IGatewayListProvider
{
    private volatile IList<Uri> _last = [];

    public TimeSpan MaxStaleness => inner.MaxStaleness;

    [Obsolete("Part of the interface.")]
    public bool IsUpdatable => inner.IsUpdatable;

    public Task InitializeGatewayListProvider() => inner.InitializeGatewayListProvider();

    public async Task<IList<Uri>> GetGateways()
    {
        var silos = await inner.GetGateways();
        if (silos.Count == 0)
            return _last;
        _last = silos;
        return silos;
    }
}
