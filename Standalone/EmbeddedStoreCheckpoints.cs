// Keeps the embedded store's log from growing for ever.
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Aetheris.Standalone;

/// <summary>Takes a checkpoint when the log has grown, which lets the store forget the log before it.</summary>
internal sealed partial class EmbeddedStoreCheckpoints(EmbeddedStore store, TimeProvider time, ILogger<EmbeddedStoreCheckpoints> logger) : BackgroundService
{
    private const long LogBytes = 128L * 1024 * 1024;
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            var options = ConfigurationOptions.Parse(store.ConnectionString);
            options.AllowAdmin = true;
            await using var connection = await ConnectionMultiplexer.ConnectAsync(options).WaitAsync(stoppingToken);
            using var timer = new PeriodicTimer(Period, time);
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                if (store.LogBytes > LogBytes)
                    await CheckpointAsync(connection.GetServers()[0]);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task CheckpointAsync(IServer server)
    {
        try
        {
            await server.SaveAsync(SaveType.BackgroundSave);
        }
        catch (RedisException exception)
        {
            // Only disk space is at stake, and the next period tries again.
            LogFailed(logger, exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The embedded store could not take a checkpoint: its log goes on growing")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
