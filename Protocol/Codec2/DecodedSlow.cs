// Everything besides motion that decoded blocks say, kept apart until their datagram's check holds.
using System;
using Aetheris.Protocol.Binary;

namespace Aetheris.Protocol.Codec2;

/// <summary>
/// Entries in the order of the blocks; decoding appends, so one serves all blocks of a datagram. Per block: what stays (values, removals) and leaves, by slot;
/// then each entered entity, its values behind it. Reused: steady use allocates nothing. Not thread-safe.
/// </summary>
public sealed class DecodedSlow
{
    private DecodedSlowEntry[] _entries = new DecodedSlowEntry[64];

    /// <summary>Entries since the last <see cref="Clear"/>.</summary>
    public int Count { get; private set; }

    /// <summary>The entries; valid until the next decoding.</summary>
    public ReadOnlySpan<DecodedSlowEntry> Entries => _entries.AsSpan(0, Count);

    internal ByteWriter Bytes { get; } = new(1024);

    /// <summary>The bytes of a Value entry, in the component's frame form; valid until the next decoding.</summary>
    public ReadOnlySpan<byte> BytesOf(in DecodedSlowEntry entry) => Bytes.Written.Slice(entry.Offset, entry.Length);

    /// <summary>Forgets everything and keeps the memory.</summary>
    public void Clear()
    {
        Count = 0;
        Bytes.Clear();
    }

    internal void Add(in DecodedSlowEntry entry)
    {
        if (Count == _entries.Length)
            Array.Resize(ref _entries, Count * 2);
        _entries[Count++] = entry;
    }

    internal void Truncate(int count, int bytes)
    {
        Count = count;
        Bytes.Truncate(bytes);
    }
}
