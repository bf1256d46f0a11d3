// The room's own log of the ticks that are not durable yet.
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Frames;

namespace Aetheris.Grains.Pipeline;

/// <summary>
/// What was applied in each tick since the durable one. A gateway that subscribes gets it with its first image: without the ticks before,
/// its own log could not continue any snapshot (DESIGN §1.4). Bounded; buffers are reused. Not thread-safe.
/// </summary>
public sealed class TickLog
{
    /// <summary>Most bytes kept; what is older is forgotten, and the log then begins later than the durable tick.</summary>
    public const long MaxBytes = 16 * 1024 * 1024;

    private readonly Queue<Entry> _entries = new(256);
    private readonly Stack<ByteWriter> _free = new(256);
    private long _bytes;

    /// <summary>Ticks kept.</summary>
    public int Count => _entries.Count;

    /// <summary>Adds a tick.</summary>
    /// <param name="epoch">Epoch of its frame.</param>
    /// <param name="tick">Server tick.</param>
    /// <param name="hash">StateHash after it, when taken.</param>
    /// <param name="commands">Commands section of its frame.</param>
    public void Add(uint epoch, ulong tick, ulong? hash, ReadOnlySpan<byte> commands)
    {
        var buffer = _free.Count > 0 ? _free.Pop() : new ByteWriter(256);
        buffer.Clear();
        buffer.WriteBytes(commands);
        _entries.Enqueue(new Entry(epoch, tick, hash, buffer));
        _bytes += commands.Length;
        while (_entries.Count > RoomHistory.MaxEntries || (_bytes > MaxBytes && _entries.Count > 1))
            Forget();
    }

    /// <summary>Forgets what is durable.</summary>
    public void TrimThrough(ulong durableTick)
    {
        while (_entries.TryPeek(out var entry) && entry.Tick <= durableTick)
            Forget();
    }

    /// <summary>Every tick kept, oldest first; the bytes are valid until the next change. Allocates.</summary>
    public List<HistoryEntry> Read()
    {
        var entries = new List<HistoryEntry>(_entries.Count);
        foreach (var entry in _entries)
            entries.Add(new HistoryEntry(entry.Epoch, entry.Tick, entry.Hash, entry.Buffer.WrittenMemory));
        return entries;
    }

    private void Forget()
    {
        var entry = _entries.Dequeue();
        _bytes -= entry.Buffer.Length;
        _free.Push(entry.Buffer);
    }

    private readonly record struct Entry(uint Epoch, ulong Tick, ulong? Hash, ByteWriter Buffer);
}
