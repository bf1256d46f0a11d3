// A subscription to one of the shard's streams, looked after.
using Aetheris.Grains.Interfaces.Shard;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Streams;

namespace Aetheris.Gateway.Edge;

/// <summary>
/// Subscribes once the process has started: before, a gateway may have no silo yet, and its streams are not there. Looks every five seconds
/// whether the subscription is still known: it may be forgotten with a silo.
/// </summary>
/// <typeparam name="T">What the stream carries.</typeparam>
public abstract partial class ShardListener<T>(
    IClusterClient cluster, string streamNamespace, IHostApplicationLifetime lifetime, TimeProvider time, ILogger logger) : BackgroundService
{
    private static readonly TimeSpan LookPeriod = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly ILogger _logger = logger;
    private StreamSubscriptionHandle<T>? _subscription;

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
            LogFailed(_logger, streamNamespace, exception.Message);
        }
    }

    /// <summary>Takes one item. Any thread; must not wait.</summary>
    protected abstract void OnNews(T news);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookPeriod, time);
        try
        {
            await WaitUntilStartedAsync(stoppingToken);
            do
                await EnsureAsync(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What {Stream} carries is heard of late: {Reason}")]
    private static partial void LogFailed(ILogger logger, string stream, string reason);

    private async Task WaitUntilStartedAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
    }

    private async Task EnsureAsync(CancellationToken stoppingToken)
    {
        try
        {
            var stream = ShardStreams.Of<T>(cluster.GetStreamProvider(ShardStreams.Provider), streamNamespace);
            var known = await stream.GetAllSubscriptionHandles().WaitAsync(Patience, time, stoppingToken);
            if (_subscription is not null && known.Any(handle => handle.HandleId == _subscription.HandleId))
                return;
            _subscription = await stream.SubscribeAsync(OnNextAsync).WaitAsync(Patience, time, stoppingToken);
        }
        catch (Exception exception) when (exception is not (OutOfMemoryException or OperationCanceledException))
        {
            LogFailed(_logger, streamNamespace, exception.Message);
        }
    }

    private Task OnNextAsync(T news, StreamSequenceToken? token)
    {
        OnNews(news);
        return Task.CompletedTask;
    }
}
