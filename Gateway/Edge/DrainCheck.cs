// Tells load balancers that this gateway is about to stop.
using Aetheris.Gateway.Connections;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aetheris.Gateway.Edge;

/// <summary>Unhealthy while draining: nobody new is to come here.</summary>
internal sealed class DrainCheck(ConnectionSet connections) : IHealthCheck
{
    /// <inheritdoc />
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(connections.IsDraining ? HealthCheckResult.Unhealthy("this gateway drains and stops") : HealthCheckResult.Healthy());
}
