// Keeps the last minutes of one room: saved states and the log between them.
using Aetheris.Gateway.Edge;
using Aetheris.Gateway.Rooms;
using Aetheris.Grains.Interfaces.Rooms;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Frames;
using Aetheris.World.Recording;

namespace Aetheris.Gateway.Recording;

/// <summary>
/// The flight recorder of a room, fed with the log that its gateway retains for recovery, so that the room pays for nothing but a saved
/// state now and then, and moves and recoveries are recorded through. A log with a gap leads nowhere: the recorder then begins anew.
/// Belongs to the edge thread.
/// </summary>
public sealed class RoomRecorder
{
    /// <summary>Longest time that is kept.</summary>
    public const int MaxSeconds = 3600;

    /// <summary>Most bytes that one recorder keeps; the oldest part goes first.</summary>
    public const long MaxBytes = 64L * 1024 * 1024;

    private const int SaveTimeoutMilliseconds = 3000;
    private const int RetryMilliseconds = 250;

    private readonly List<SavedRoom> _saved = [];
    private readonly List<HistoryEntry> _entries = [];
    private readonly CommandLog _log = new();
    private readonly PendingCall<SavedRoom?> _save = new();
    private readonly string _room;
    private readonly IRoomPort _port;
    private readonly long _maxBytes;
    private ulong _firstTick;
    private ulong _lastTick;
    private ulong _lastHashedTick;
    private long _nextSaveAt;
    private long _savedBytes;
    private bool _isSaveStale;

    /// <summary>Begins to record with the next frame.</summary>
    /// <param name="room">Room name.</param>
    /// <param name="port">Where the room's state comes from.</param>
    /// <param name="seconds">Seconds to keep, at most <see cref="MaxSeconds"/>.</param>
    /// <param name="maxBytes">Most bytes kept.</param>
    public RoomRecorder(string room, IRoomPort port, int seconds, long maxBytes = MaxBytes)
    {
        _room = room;
        _port = port;
        Seconds = seconds;
        _maxBytes = maxBytes;
    }

    /// <summary>Seconds that are kept.</summary>
    public int Seconds { get; }

    /// <summary>Whether the room's link is over: nothing more is recorded, and what was can still be read.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Times that it had to begin anew because the log had a gap or was undone.</summary>
    public int Breaks { get; private set; }

    /// <summary>Tick of the oldest state; 0 while there is none.</summary>
    public ulong FromTick => _saved.Count > 0 ? _saved[0].Tick : 0;

    /// <summary>Newest tick that the room has taken a hash of, at which a recording ends; 0 before the first.</summary>
    public ulong ThroughTick => _saved.Count > 0 && _lastHashedTick >= _saved[0].Tick ? _lastHashedTick : 0;

    /// <summary>Bytes kept.</summary>
    public long Bytes => _savedBytes + _log.Bytes;

    /// <summary>Takes the log of a tick. Allocates nothing in steady state: the log's buffers are pooled.</summary>
    internal void Add(in FrameHeader header, ReadOnlySpan<byte> commands)
    {
        if (_lastTick != 0 && header.Tick != _lastTick + 1)
            Restart();
        if (_firstTick == 0)
            _firstTick = header.Tick;
        _lastTick = header.Tick;
        if (header.StateHash is not null)
            _lastHashedTick = header.Tick;
        _log.Add(header, commands, long.MaxValue, int.MaxValue);
        if (Bytes > _maxBytes)
            Shorten();
    }

    /// <summary>The room's state was taken from an image: what came after its tick did not happen.</summary>
    internal void OnImage(ulong tick)
    {
        if (_lastTick > tick)
            Restart();
    }

    /// <summary>Asks for a state when one is due, and lets go of what is older than wanted.</summary>
    internal void Step(long now, int tickRate)
    {
        if (_save.TryEnd(now, out var saved))
            Take(saved, now);
        var isDue = _saved.Count == 0 || _saved[^1].Tick + (ulong)(SavePeriodSeconds * tickRate) <= _lastTick;
        if (isDue && _lastTick != 0 && !_save.IsPending && now >= _nextSaveAt)
        {
            _nextSaveAt = now + RetryMilliseconds;
            _save.Begin(_port.SaveAsync(), now + SaveTimeoutMilliseconds);
        }

        while (_saved.Count > 1 && _saved[1].Tick + (ulong)(Seconds * tickRate) <= _lastTick)
            DropOldest();
    }

    /// <summary>The link is over.</summary>
    internal void End() => HasEnded = true;

    /// <summary>Writes what is kept, from the oldest state to the newest tick with a hash. Allocates.</summary>
    /// <param name="recordedAt">Unix time in milliseconds.</param>
    /// <returns>The bytes of a <see cref="RoomRecording"/>; null while there is no state or no hash after it.</returns>
    internal byte[]? Write(ulong recordedAt)
    {
        if (ThroughTick == 0)
            return null;
        var first = _saved[0];
        _log.CopyTo(_entries);
        var recording = new RoomRecording
        {
            Room = _room,
            Template = first.Template,
            RecordedAt = recordedAt,
            WorldVersion = first.WorldVersion,
            LayoutVersion = first.LayoutVersion,
            Epoch = first.Epoch,
            Tick = first.Tick,
            World = first.World,
            Entries = _entries.FindAll(entry => entry.Tick > first.Tick && entry.Tick <= _lastHashedTick),
        };
        var writer = new ByteWriter(first.World.Length + 1024);
        recording.Write(writer);
        _entries.Clear();
        return writer.Written.ToArray();
    }

    // Between the length wanted and a quarter more is kept; a state is much larger than the log of a second.
    private int SavePeriodSeconds => Math.Clamp(Seconds / 4, 2, 60);

    private void Take(SavedRoom? saved, long now)
    {
        // A state from before the log, or from a past that was undone meanwhile, is asked for again.
        var isStale = _isSaveStale;
        _isSaveStale = false;
        if (saved is null || isStale || saved.Tick + 1 < _firstTick || (_saved.Count > 0 && saved.Tick <= _saved[^1].Tick))
        {
            _nextSaveAt = now + RetryMilliseconds;
            return;
        }

        _saved.Add(saved);
        _savedBytes += saved.World.Length;
        if (_saved.Count == 1)
            _log.TrimThrough(saved.Tick);
    }

    private void Restart()
    {
        Breaks++;
        _saved.Clear();
        _log.Clear();
        _savedBytes = 0;
        _isSaveStale = _save.IsPending;
        _firstTick = 0;
        _lastTick = 0;
        _lastHashedTick = 0;
    }

    private void Shorten()
    {
        if (_saved.Count > 1)
            DropOldest();
        else
            Restart();
    }

    private void DropOldest()
    {
        _savedBytes -= _saved[0].World.Length;
        _saved.RemoveAt(0);
        _log.TrimThrough(_saved[0].Tick);
    }
}
