// The recent log of a room as this gateway saw it, kept until it is safe elsewhere (DESIGN §1.4).
using System.Buffers;

namespace Aetheris.Gateway.Rooms;

/// <summary>Commands sections of frames by tick, bounded by bytes and ticks. Buffers are pooled.</summary>
public sealed class CommandLog
{
    private readonly Queue<Entry> _entries = new();

    /// <summary>Bytes kept.</summary>
    public long Bytes { get; private set; }

    /// <summary>Ticks kept.</summary>
    public int Count => _entries.Count;

    /// <summary>Whether every tick since the durable one is kept.</summary>
    public bool IsComplete { get; private set; } = true;

    /// <summary>Keeps the commands of one tick.</summary>
    /// <returns>Entries that had to be forgotten too early.</returns>
    public int Add(uint epoch, ulong tick, ReadOnlySpan<byte> commands, long maxBytes, int maxTicks)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Math.Max(1, commands.Length));
        commands.CopyTo(buffer);
        _entries.Enqueue(new Entry(epoch, tick, buffer, commands.Length));
        Bytes += commands.Length;
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

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        while (_entries.Count > 0)
            Forget();
        IsComplete = true;
    }

    private void Forget()
    {
        var entry = _entries.Dequeue();
        Bytes -= entry.Length;
        ArrayPool<byte>.Shared.Return(entry.Buffer);
    }

    private readonly record struct Entry(uint Epoch, ulong Tick, byte[] Buffer, int Length);
}
