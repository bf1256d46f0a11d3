// Tells orchestrators to send no newcomers here.
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aetheris.Gateway.Connections;

/// <summary>Unhealthy once the gateway refuses newcomers.</summary>
internal sealed class DrainingCheck(ConnectionSet connections) : IHealthCheck
{
    /// <inheritdoc />
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(connections.IsDraining ? HealthCheckResult.Unhealthy("the gateway stops and takes no newcomers") : HealthCheckResult.Healthy());
}
