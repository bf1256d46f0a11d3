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
public sealed partial class RoomKeeper
{
    private const int MostTries = 3;

    private readonly object _lock = new();
    private readonly RoomStore _store;
    private readonly EpochWatch _epoch;
    private readonly StorageHealth _health;
    private readonly GrainMetrics _metrics;
    private readonly ILogger _logger;
    private readonly string _room;
    private readonly ByteWriter _buffer = new(32 * 1024);
    private readonly SlotMark[] _slots = new SlotMark[RoomStore.Slots];
    private readonly Func<Task> _write;
    private ulong _durableTick;
    private ulong _tick;
    private Task _writing = Task.CompletedTask;
    private bool _isTaken;
    private bool _isStopped;

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
        _slots[0] = marks.First;
        _slots[1] = marks.Second;
        _health = health;
        _metrics = metrics;
        _logger = logger;
        _epoch = new EpochWatch(store, room, record, marks.RecordTag, time, logger) { Failed = NoteFailure, Lost = OnLost };
        _durableTick = OlderTick();
        _write = WriteTakenAsync;
    }

    /// <summary>Called once, from any thread, when storage has a higher epoch: the room is another's.</summary>
    public Action? Overtaken { get; set; }

    /// <summary>Tick of the older of the two stored snapshots; 0 until both exist.</summary>
    public ulong DurableTick => Volatile.Read(ref _durableTick);

    /// <summary>The newest background write and question.</summary>
    internal Task Pending
    {
        get
        {
            lock (_lock)
                return Task.WhenAll(_writing, _epoch.Asking);
        }
    }

    /// <summary>Whether storage is being asked for the room's epoch, so that nothing may be sent.</summary>
    public bool IsAsking => _epoch.IsAsking;

    /// <summary>Where record and snapshots stand.</summary>
    public StorageMarks Marks
    {
        get
        {
            lock (_lock)
                return new StorageMarks(_epoch.RecordTag, _slots[0], _slots[1]);
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
        lock (_lock)
        {
            _tick = tick;
            _writing = Task.Run(_write);
        }
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

        // An activation that lost its directory entry may have a successor already: its slots are not ours to fill.
        return await _epoch.HoldAsync().ConfigureAwait(false) && await WriteAsync(bytes, tick).ConfigureAwait(false)
            && await WriteAsync(bytes, tick).ConfigureAwait(false);
    }

    /// <summary>Asks storage whether the epoch is still this room's (<see cref="EpochWatch.Ask"/>); nothing may be sent meanwhile.</summary>
    public void Ask(TimeSpan patience) => _epoch.Ask(patience);

    private async Task WriteTakenAsync()
    {
        await WriteAsync(_buffer.Written.ToArray(), _tick).ConfigureAwait(false);
        lock (_lock)
            _isTaken = false;
    }

    private async Task<bool> WriteAsync(byte[] bytes, ulong tick)
    {
        using var scope = _logger.ForRoom(_room);
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
            if (!await _epoch.HoldAsync().ConfigureAwait(false))
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

    private void OnLost()
    {
        Stop();
        Overtaken?.Invoke();
    }

    private void NoteFailure(Exception? exception)
    {
        _metrics.SnapshotFailures.Add(1);
        var wasFailing = _health.FailingSince is not null;
        _health.Failed();
        if (!wasFailing)
            LogAway(_logger, exception, _room);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Storage does not take the snapshot of room {Room}: rooms play on, their history is with the gateways")]
    private static partial void LogAway(ILogger logger, Exception? exception, string room);
}
