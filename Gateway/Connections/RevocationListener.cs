// Hears of revoked sessions and ends their connections here.
using Aetheris.Gateway.Edge;
using Aetheris.Grains.Interfaces.Shard;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Streams;

namespace Aetheris.Gateway.Connections;

/// <summary>
/// Subscribes to the shard's stream of revocations and looks after the subscription: it may be forgotten with a silo. What is missed
/// meanwhile is heard with the next refresh of the lease.
/// </summary>
public sealed partial class RevocationListener(IClusterClient cluster, EdgeLoop loop, ConnectionSet connections, TimeProvider time, ILogger<RevocationListener> logger)
    : BackgroundService
{
    private static readonly TimeSpan LookPeriod = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private StreamSubscriptionHandle<SessionRevoked>? _subscription;

    /// <inheritdoc />
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (_subscription is not { } subscription)
            return;
        try
        {
            await subscription.UnsubscribeAsync().WaitAsync(Patience, time, cancellationToken);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            LogFailed(logger, exception.Message);
        }
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookPeriod, time);
        try
        {
            do
                await EnsureAsync(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Revocations are heard of late: {Reason}")]
    private static partial void LogFailed(ILogger logger, string reason);

    private async Task EnsureAsync(CancellationToken stoppingToken)
    {
        try
        {
            var stream = ShardStreams.Of<SessionRevoked>(cluster.GetStreamProvider(ShardStreams.Provider), ShardStreams.Revocations);
            var known = await stream.GetAllSubscriptionHandles().WaitAsync(Patience, time, stoppingToken);
            if (_subscription is not null && known.Any(handle => handle.HandleId == _subscription.HandleId))
                return;
            _subscription = await stream.SubscribeAsync(OnRevokedAsync).WaitAsync(Patience, time, stoppingToken);
        }
        catch (Exception exception) when (exception is not (OutOfMemoryException or OperationCanceledException))
        {
            LogFailed(logger, exception.Message);
        }
    }

    private Task OnRevokedAsync(SessionRevoked news, StreamSequenceToken? token)
    {
        loop.TryPost(() => connections.Revoke(news.Player, news.Connection));
        return Task.CompletedTask;
    }
}
