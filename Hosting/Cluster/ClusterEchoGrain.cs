// Answers the cluster probe.
using Orleans;
using Orleans.Concurrency;

namespace Aetheris.Hosting.Cluster;

/// <summary>Stateless: on every silo, without an entry in the directory.</summary>
[StatelessWorker]
internal sealed class ClusterEchoGrain : Grain, IClusterEchoGrain
{
    public Task EchoAsync() => Task.CompletedTask;
}
