// Tells operators that what happens now would not survive.
using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aetheris.Hosting.Redis;

/// <summary>Degraded, not unhealthy: rooms play on without the store, and taking the process out of service would end them.</summary>
internal sealed class StoreCheck(StoreWatch watch) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var away = watch.Away;
        return Task.FromResult(away == TimeSpan.Zero
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Degraded(string.Create(
                CultureInfo.InvariantCulture, $"Redis at {watch.Address} has not answered for {(int)away.TotalSeconds} s: play goes on, nothing becomes durable")));
    }
}
