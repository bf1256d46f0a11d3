// Tells orchestrators whether this silo takes rooms.
using Aetheris.Grains.Silos;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Orleans.Runtime;

namespace Aetheris.Silo;

/// <summary>Unhealthy until the silo is an active member, and again once it drains: nothing new should come here then.</summary>
internal sealed class SiloCheck(ISiloStatusOracle membership, SiloDrain drain) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var status = membership.CurrentStatus;
        if (status != SiloStatus.Active)
            return Task.FromResult(HealthCheckResult.Unhealthy($"the silo is not an active member of the cluster ({status})"));
        return Task.FromResult(drain.IsDraining
            ? HealthCheckResult.Unhealthy("the silo drains: it takes no new rooms until it is restarted")
            : HealthCheckResult.Healthy());
    }
}
