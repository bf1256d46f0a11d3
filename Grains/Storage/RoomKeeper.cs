// Writes a living room's snapshots in the background and holds its epoch.
using Aetheris.Grains.Metrics;
using Aetheris.Grains.Rooms;
using Aetheris.Protocol.Binary;
using Microsoft.Extensions.Logging;
using Orleans.Storage;

namespace Aetheris.Grains.Storage;

/// <summary>
/// Two snapshots, written alternately, one write at a time; the tick only fills a buffer (DESIGN §3, snapshots). Storage that is away
/// costs durability, never a tick. A higher stored epoch ends the room; a missing or lower record is written again. Thread-safe.
/// </summary>
public sealed partial class RoomKeeper : IThreadPoolWorkItem
{
    private const int MostTries = 3;

    private static readonly TimeSpan AskAgain = TimeSpan.FromMilliseconds(250);

    private readonly object _lock = new();
    private readonly RoomStore _store;
    private readonly RoomRecord _record;
    private readonly StorageHealth _health;
    private readonly GrainMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly string _room;
    private readonly ByteWriter _buffer = new(32 * 1024);
    private readonly SlotMark[] _slots = new SlotMark[RoomStore.Slots];
    private string? _recordTag;
    private ulong _durableTick;
    private ulong _tick;
    private Task _writing = Task.CompletedTask;
    private bool _isTaken;
    private bool _isStopped;
    private int _checking;

    /// <summary>Begins to keep a room.</summary>
    /// <param name="store">The room's objects in storage.</param>
    /// <param name="room">Room name, for the log.</param>
    /// <param name="record">The record as this room has stored it.</param>
    /// <param name="marks">Where record and snapshots stand.</param>
    /// <param name="health">Whether this silo can write.</param>
    /// <param name="metrics">Instruments.</param>
    /// <param name="time">Time.</param>
    /// <param name="logger">Log.</param>
    public RoomKeeper(
        RoomStore store, string room, RoomRecord record, StorageMarks marks, StorageHealth health, GrainMetrics metrics, TimeProvider time, ILogger logger)
    {
        _store = store;
        _room = room;
        _record = record;
        _recordTag = marks.RecordTag;
        _slots[0] = marks.First;
        _slots[1] = marks.Second;
        _health = health;
        _metrics = metrics;
        _time = time;
        _logger = logger;
        _durableTick = OlderTick();
    }

    /// <summary>Called once, from any thread, when storage has a higher epoch: the room is another's.</summary>
    public Action? Overtaken { get; set; }

    /// <summary>Tick of the older of the two stored snapshots; 0 until both exist.</summary>
    public ulong DurableTick => Volatile.Read(ref _durableTick);

    /// <summary>Whether storage is being asked for the room's epoch, so that nothing may be sent.</summary>
    public bool IsAsking => Volatile.Read(ref _checking) != 0;

    /// <summary>The record as stored by this room.</summary>
    public RoomRecord Record => _record;

    /// <summary>Where record and snapshots stand.</summary>
    public StorageMarks Marks
    {
        get
        {
            lock (_lock)
                return new StorageMarks(_recordTag, _slots[0], _slots[1]);
        }
    }

    /// <summary>Lends the buffer for the next snapshot, emptied; not while one is being written.</summary>
    public bool TryBegin(out ByteWriter buffer)
    {
        lock (_lock)
        {
            buffer = _buffer;
            if (_isTaken || _isStopped)
                return false;
            _isTaken = true;
            buffer.Clear();
            return true;
        }
    }

    /// <summary>Writes what was put into the buffer, in the background.</summary>
    /// <param name="tick">Its tick.</param>
    public void Commit(ulong tick)
    {
        _tick = tick;
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <summary>Ends the background writes; one that runs may still arrive, and its tag then tells.</summary>
    public void Stop()
    {
        lock (_lock)
            _isStopped = true;
    }

    /// <summary>Writes the last snapshot of a closed room into both slots, so that it alone is enough. After <see cref="Stop"/>.</summary>
    /// <returns>Whether it is stored.</returns>
    public async Task<bool> FinishAsync(byte[] bytes, ulong tick)
    {
        Task writing;
        lock (_lock)
            writing = _writing;
        await writing.ConfigureAwait(false);
        return await WriteAsync(bytes, tick).ConfigureAwait(false) && await WriteAsync(bytes, tick).ConfigureAwait(false);
    }

    /// <summary>
    /// Asks storage whether the epoch is still this room's, in the background; <see cref="IsAsking"/> until it has answered. Storage that
    /// does not answer within <paramref name="patience"/> has no say: gateways still refuse an older epoch after a newer one.
    /// </summary>
    public void Ask(TimeSpan patience)
    {
        if (Interlocked.Exchange(ref _checking, 1) == 0)
            _ = AskAsync(patience);
    }

    /// <inheritdoc />
    void IThreadPoolWorkItem.Execute()
    {
        lock (_lock)
            _writing = WriteTakenAsync();
    }

    private async Task WriteTakenAsync()
    {
        // The lock of Execute is not held beyond the first await; nothing here waits for it before.
        await Task.Yield();
        await WriteAsync(_buffer.Written.ToArray(), _tick).ConfigureAwait(false);
        lock (_lock)
            _isTaken = false;
    }

    private async Task<bool> WriteAsync(byte[] bytes, ulong tick)
    {
        var blob = new SnapshotBlob { Bytes = bytes };
        for (var attempt = 0; attempt < MostTries; attempt++)
        {
            int slot;
            string? tag;
            lock (_lock)
            {
                slot = _slots[0].Tick <= _slots[1].Tick ? 0 : 1;
                tag = _slots[slot].Tag;
            }

            try
            {
                Mark(slot, new SlotMark(await _store.WriteSnapshotAsync(slot, blob, tag).ConfigureAwait(false), tick));
                _health.Succeeded();
                return true;
            }
            catch (InconsistentStateException)
            {
                if (!await TryHoldAsync().ConfigureAwait(false))
                    return false;
            }
            catch (Exception exception)
            {
                NoteFailure(exception);
                return false;
            }
        }

        NoteFailure(null);
        return false;
    }

    /// <summary>Somebody else wrote, or storage has forgotten: whose room is it, and what is stored?</summary>
    private async Task<bool> TryHoldAsync()
    {
        try
        {
            if (!await HoldEpochAsync().ConfigureAwait(false))
                return false;
            for (var slot = 0; slot < RoomStore.Slots; slot++)
            {
                var stored = await _store.ReadSnapshotAsync(slot).ConfigureAwait(false);
                lock (_lock)
                {
                    // What is not what this room wrote there does not count as its snapshot.
                    if (!string.Equals(stored.Tag, _slots[slot].Tag, StringComparison.Ordinal))
                        _slots[slot] = new SlotMark(stored.Tag, 0);
                }
            }

            Volatile.Write(ref _durableTick, OlderTick());
            return true;
        }
        catch (Exception exception)
        {
            NoteFailure(exception);
            return false;
        }
    }

    /// <summary>Compares the stored epoch and writes ours where it is missing or lower.</summary>
    /// <returns>False when the room has been overtaken.</returns>
    private async Task<bool> HoldEpochAsync()
    {
        for (var attempt = 1; ; attempt++)
        {
            var stored = await _store.ReadRecordAsync().ConfigureAwait(false);
            if (stored.Value is { } record && record.Epoch > _record.Epoch)
            {
                LogOvertaken(_logger, _room, _record.Epoch, record.Epoch);
                Stop();
                Overtaken?.Invoke();
                return false;
            }

            try
            {
                var tag = stored.Tag;
                if (stored.Value is null || stored.Value.Epoch < _record.Epoch)
                {
                    tag = await _store.WriteRecordAsync(_record, stored.Tag).ConfigureAwait(false);
                    LogRewritten(_logger, _room, _record.Epoch);
                }

                lock (_lock)
                    _recordTag = tag;
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
        var since = _time.GetTimestamp();
        while (true)
        {
            try
            {
                if (!await HoldEpochAsync().ConfigureAwait(false))
                    return;
                break;
            }
            catch (Exception exception)
            {
                NoteFailure(exception);
                if (_time.GetElapsedTime(since) >= patience)
                {
                    LogUnanswered(_logger, _room, _record.Epoch);
                    break;
                }
            }

            await Task.Delay(AskAgain, _time).ConfigureAwait(false);
        }

        Volatile.Write(ref _checking, 0);
    }

    private void Mark(int slot, SlotMark mark)
    {
        lock (_lock)
            _slots[slot] = mark;
        Volatile.Write(ref _durableTick, OlderTick());
    }

    private ulong OlderTick()
    {
        lock (_lock)
            return Math.Min(_slots[0].Tick, _slots[1].Tick);
    }

    private void NoteFailure(Exception? exception)
    {
        _metrics.SnapshotFailures.Add(1);
        var wasFailing = _health.FailingSince is not null;
        _health.Failed();
        if (!wasFailing)
            LogAway(_logger, exception, _room);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Room {Room} of epoch {Epoch} stops: storage has epoch {Stored}")]
    private static partial void LogOvertaken(ILogger logger, string room, uint epoch, uint stored);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The record of room {Room} was missing or old in storage: epoch {Epoch} is written again")]
    private static partial void LogRewritten(ILogger logger, string room, uint epoch);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Room {Room} was late and storage does not say whether epoch {Epoch} is still its own: it goes on")]
    private static partial void LogUnanswered(ILogger logger, string room, uint epoch);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Storage does not take the snapshot of room {Room}: rooms play on, their history is with the gateways")]
    private static partial void LogAway(ILogger logger, Exception? exception, string room);
}
