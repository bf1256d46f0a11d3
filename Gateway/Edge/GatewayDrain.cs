// What a gateway does before it stops: sends its players on, and waits until they have left.
using Aetheris.Gateway.Connections;
using Aetheris.Gateway.Http;
using Aetheris.Grains.Interfaces.Directory;
using Aetheris.Protocol.Link;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Aetheris.Gateway.Edge;

/// <summary>
/// Runs before anything of the host stops, so that frames, matches and WebSockets work to the end: no new connections, the directory knows,
/// every client is told of another gateway and served until it has gone there, for at most Gateway:DrainSeconds. Without another gateway
/// there is nothing to wait for. Whoever is left is told goodbye.
/// </summary>
public sealed class GatewayDrain(
    EdgeLoop loop,
    ConnectionSet connections,
    PublicAddresses addresses,
    GatewayIdentity gateway,
    IOptions<GatewayOptions> options,
    IGrainFactory grains,
    TimeProvider time,
    ILogger<GatewayDrain> logger) : IHostedLifecycleService
{
    private const int RedirectsPerRound = 100;
    private static readonly TimeSpan Round = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan CallTime = TimeSpan.FromSeconds(1);

    /// <inheritdoc />
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        connections.BeginDrain();
        var started = time.GetTimestamp();
        if (connections.Count > 0 && await FindOthersAsync() is { Count: > 0 } others)
        {
            EdgeLog.Draining(logger, connections.Count, others.Count);
            await SendOnAsync(others, started, cancellationToken);
            var took = (long)time.GetElapsedTime(started).TotalMilliseconds;
            EdgeLog.Drained(logger, took, connections.Count);
        }

        loop.TryPost(() => connections.CloseAll(CloseReason.GoingAway));
    }

    /// <inheritdoc />
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<List<GatewayListing>> FindOthersAsync()
    {
        try
        {
            var directory = grains.GetGrain<IGatewayDirectoryGrain>(0);
            await directory.ReportAsync(addresses.Listing(connections.Count, draining: true)).WaitAsync(CallTime, time);
            var listed = await directory.ListAsync().WaitAsync(CallTime, time);
            return listed.Where(other => other.Gateway != gateway.Id).ToList();
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            EdgeLog.DirectoryCallFailed(logger, exception.Message);
            return [];
        }
    }

    private async Task SendOnAsync(List<GatewayListing> others, long started, CancellationToken cancellationToken)
    {
        var most = TimeSpan.FromSeconds(options.Value.DrainSeconds);
        try
        {
            while (connections.Count > 0 && time.GetElapsedTime(started) < most)
            {
                loop.TryPost(() => connections.Redirect(others, RedirectsPerRound));
                await Task.Delay(Round, time, cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The host does not wait any longer.
        }
    }
}
