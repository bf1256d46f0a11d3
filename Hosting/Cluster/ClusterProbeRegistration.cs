// Registers the cluster probe, in a silo and in a client.
using Aetheris.Hosting.Operations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Aetheris.Hosting.Cluster;

internal static class ClusterProbeRegistration
{
    public static void AddClusterProbe(this IServiceCollection services)
    {
        services.TryAddSingleton<ClusterProbe>();
        services.AddHealthChecks().AddCheck<ClusterProbe>("cluster", tags: [OperationsEndpoints.ReadyTag]);
    }
}
