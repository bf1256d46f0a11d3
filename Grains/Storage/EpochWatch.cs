// Whether a living room's epoch is still its own.
using Microsoft.Extensions.Logging;
using Orleans.Storage;

namespace Aetheris.Grains.Storage;

/// <summary>A higher stored epoch ends the room; a missing or lower record is written again (DESIGN §3, epoch). Thread-safe.</summary>
internal sealed partial class EpochWatch(RoomStore store, string room, RoomRecord own, string? recordTag, TimeProvider time, ILogger logger)
{
    private const int MostTries = 3;

    private static readonly TimeSpan AskAgain = TimeSpan.FromMilliseconds(250);

    private string? _recordTag = recordTag;
    private int _isAsking;

    /// <summary>Told of storage that fails.</summary>
    public required Action<Exception?> Failed { get; init; }

    /// <summary>Told once that the room is another's.</summary>
    public required Action Lost { get; init; }

    /// <summary>Tag of the stored record as last seen.</summary>
    public string? RecordTag => Volatile.Read(ref _recordTag);

    /// <summary>Whether a question has not been answered yet; for ever when the room is another's.</summary>
    public bool IsAsking => Volatile.Read(ref _isAsking) != 0;

    /// <summary>The newest question.</summary>
    public Task Asking { get; private set; } = Task.CompletedTask;

    /// <summary>
    /// Asks storage in the background. Storage that does not answer within <paramref name="patience"/> has no say: gateways still refuse
    /// an older epoch after a newer one.
    /// </summary>
    public void Ask(TimeSpan patience)
    {
        if (Interlocked.Exchange(ref _isAsking, 1) == 0)
            Asking = AskAsync(patience);
    }

    /// <summary>Compares the stored epoch and writes ours where it is missing or lower.</summary>
    /// <returns>False when the room is another's.</returns>
    /// <exception cref="InconsistentStateException">The record changes all the time.</exception>
    public async Task<bool> HoldAsync()
    {
        for (var attempt = 1; ; attempt++)
        {
            var stored = await store.ReadRecordAsync().ConfigureAwait(false);
            if (stored.Value is { } record && record.Epoch > own.Epoch)
            {
                LogOvertaken(logger, room, own.Epoch, record.Epoch);
                Lost();
                return false;
            }

            try
            {
                var tag = stored.Tag;
                if (stored.Value is null || stored.Value.Epoch < own.Epoch)
                {
                    tag = await store.WriteRecordAsync(own, stored.Tag).ConfigureAwait(false);
                    LogRewritten(logger, room, own.Epoch);
                }

                Volatile.Write(ref _recordTag, tag);
                return true;
            }
            catch (InconsistentStateException) when (attempt < MostTries)
            {
                // Written meanwhile: look again.
            }
        }
    }

    private async Task AskAsync(TimeSpan patience)
    {
        await Task.Yield();
        var since = time.GetTimestamp();
        while (true)
        {
            try
            {
                if (!await HoldAsync().ConfigureAwait(false))
                    return;
                break;
            }
            catch (Exception exception)
            {
                Failed(exception);
                if (time.GetElapsedTime(since) >= patience)
                {
                    LogUnanswered(logger, room, own.Epoch);
                    break;
                }
            }

            await Task.Delay(AskAgain, time).ConfigureAwait(false);
        }

        Volatile.Write(ref _isAsking, 0);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Room {Room} of epoch {Epoch} stops: storage has epoch {Stored}")]
    private static partial void LogOvertaken(ILogger logger, string room, uint epoch, uint stored);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The record of room {Room} was missing or old in storage: epoch {Epoch} is written again")]
    private static partial void LogRewritten(ILogger logger, string room, uint epoch);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Room {Room} was late and storage does not say whether epoch {Epoch} is still its own: it goes on")]
    private static partial void LogUnanswered(ILogger logger, string room, uint epoch);
}
