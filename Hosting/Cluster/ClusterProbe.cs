// Asks the cluster whether it answers.
using Aetheris.Hosting.Startup;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Orleans;

namespace Aetheris.Hosting.Cluster;

/// <summary>One small grain call: it succeeds only when this process reaches a silo that runs grains.</summary>
internal sealed class ClusterProbe(IGrainFactory grains, TimeProvider time) : IHealthCheck
{
    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(30);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var failure = await TryAskAsync(cancellationToken);
        return failure is null ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("the cluster does not answer", failure);
    }

    /// <exception cref="StartupException">It does not answer in time.</exception>
    public async Task WaitUntilAnsweringAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (await TryAskAsync(cancellationToken) is { } failure)
        {
            if (time.GetElapsedTime(started) > StartPatience)
                throw new StartupException($"the cluster does not answer after {(int)StartPatience.TotalSeconds} s", failure);
            await Task.Delay(TimeSpan.FromMilliseconds(200), time, cancellationToken);
        }
    }

    private async Task<Exception?> TryAskAsync(CancellationToken cancellationToken)
    {
        try
        {
            await grains.GetGrain<IClusterEchoGrain>(0).EchoAsync().WaitAsync(ProbeTimeout, time, cancellationToken);
            return null;
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            return exception;
        }
    }
}
