// Publishes to the shard's streams without depending on them.
using Aetheris.Grains.Interfaces.Shard;
using Microsoft.Extensions.Logging;

namespace Aetheris.Grains.Shard;

/// <summary>An item is taken within a second or not at all; a failure is written to the log.</summary>
internal static partial class ShardPublisher
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Publishes from a grain.</summary>
    /// <returns>Whether the stream has surely taken it.</returns>
    public static async Task<bool> TryPublishAsync<T>(Grain grain, string streamNamespace, T item, ILogger logger)
    {
        try
        {
            await ShardStreams.Of<T>(grain.GetStreamProvider(ShardStreams.Provider), streamNamespace).OnNextAsync(item).WaitAsync(Patience);
            return true;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            LogFailed(logger, streamNamespace, exception.Message);
            return false;
        }
    }

    /// <summary>Publishes the kills that wait in a room; those that were not surely taken wait on.</summary>
    public static async Task TellKillsAsync(Grain grain, string room, uint epoch, KillFeed feed, ILogger logger)
    {
        var kills = feed.Peek();
        if (kills.Length > 0 && await TryPublishAsync(grain, ShardStreams.Kills, new KillReport(room, epoch, feed.IsNewWorld, kills), logger))
            feed.Confirm(kills);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Stream {Stream} did not take an item: {Reason}")]
    private static partial void LogFailed(ILogger logger, string stream, string reason);
}
