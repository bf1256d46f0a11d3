// A cluster of two silos and two gateways for tests that end parts of it.
using Aetheris.Cluster.Tests;
using Aetheris.Cluster.Tests.Redis;

namespace Aetheris.Playground.Tests;

/// <summary>Its own processes: what is ended here nobody else needs.</summary>
public sealed class ClusterOfTwo : IAsyncLifetime
{
    private readonly Workplace _workplace = new();
    private RedisCluster? _cluster;

    internal RedisCluster Cluster => _cluster!;

    public async ValueTask InitializeAsync() => _cluster = await RedisCluster.StartAsync(_workplace, silos: 2, gateways: 2);

    public ValueTask DisposeAsync() => _workplace.DisposeAsync();
}
