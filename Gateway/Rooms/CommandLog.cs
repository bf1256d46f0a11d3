// The recent log of a room as this gateway saw it, kept until it is safe elsewhere (DESIGN §1.4).
using System.Buffers;
using Aetheris.Protocol.Frames;

namespace Aetheris.Gateway.Rooms;

/// <summary>Commands sections of frames by tick, bounded by bytes and ticks. Buffers are pooled.</summary>
public sealed class CommandLog
{
    private readonly Queue<Entry> _entries = new();

    /// <summary>Bytes kept.</summary>
    public long Bytes { get; private set; }

    /// <summary>Ticks kept.</summary>
    public int Count => _entries.Count;

    /// <summary>Newest tick that was kept; 0 before the first.</summary>
    public ulong NewestTick { get; private set; }

    /// <summary>Whether every tick since the durable one is kept.</summary>
    public bool IsComplete { get; private set; } = true;

    /// <summary>Keeps the commands of one tick, newer than all before.</summary>
    /// <param name="header">Head of its frame.</param>
    /// <param name="commands">Commands section of its frame.</param>
    /// <param name="maxBytes">Most bytes kept.</param>
    /// <param name="maxTicks">Most ticks kept.</param>
    /// <returns>Entries that had to be forgotten too early.</returns>
    public int Add(in FrameHeader header, ReadOnlySpan<byte> commands, long maxBytes, int maxTicks)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Math.Max(1, commands.Length));
        commands.CopyTo(buffer);
        _entries.Enqueue(new Entry(header.Epoch, header.Tick, header.StateHash, buffer, commands.Length));
        Bytes += commands.Length;
        NewestTick = header.Tick;
        var forgotten = 0;
        while (_entries.Count > 1 && (Bytes > maxBytes || _entries.Count > maxTicks))
        {
            Forget();
            forgotten++;
        }

        IsComplete &= forgotten == 0;
        return forgotten;
    }

    /// <summary>Forgets what is safe elsewhere.</summary>
    public void TrimThrough(ulong durableTick)
    {
        var trimmed = false;
        while (_entries.TryPeek(out var entry) && entry.Tick <= durableTick)
        {
            Forget();
            trimmed = true;
        }

        IsComplete |= trimmed;
    }

    /// <summary>Forgets the ticks after one: a newer epoch goes on from there without them.</summary>
    public void DropAfter(ulong tick)
    {
        NewestTick = Math.Min(NewestTick, tick);
        for (var count = _entries.Count; count > 0; count--)
        {
            var entry = _entries.Dequeue();
            if (entry.Tick <= tick)
                _entries.Enqueue(entry);
            else
                Release(entry);
        }
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        while (_entries.Count > 0)
            Forget();
        IsComplete = true;
        NewestTick = 0;
    }

    /// <summary>Adds the entries, oldest first; their memory is the log's own and holds until its next change.</summary>
    public void CopyTo(List<HistoryEntry> entries)
    {
        foreach (var entry in _entries)
            entries.Add(new HistoryEntry(entry.Epoch, entry.Tick, entry.StateHash, entry.Buffer.AsMemory(0, entry.Length)));
    }

    private void Forget() => Release(_entries.Dequeue());

    private void Release(in Entry entry)
    {
        Bytes -= entry.Length;
        ArrayPool<byte>.Shared.Return(entry.Buffer);
    }

    private readonly record struct Entry(uint Epoch, ulong Tick, ulong? StateHash, byte[] Buffer, int Length);
}
