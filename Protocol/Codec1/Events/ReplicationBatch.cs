// A received batch of component updates, walked in place. Source: WIRE_FORMAT §3.
using System;
using Aetheris.Protocol.Codec1.MessagePack;

namespace Aetheris.Protocol.Codec1.Events;

/// <summary>
/// The updates of a batch over the bytes they came in; already checked as a whole, so walking never fails. Allocates nothing
/// (but for payloads in the array-of-integers form, which only a foreign encoder sends).
/// </summary>
public readonly ref struct ReplicationBatch
{
    private readonly ReadOnlySpan<byte> _items;

    private ReplicationBatch(int count, ReadOnlySpan<byte> items)
    {
        Count = count;
        _items = items;
    }

    /// <summary>Number of updates.</summary>
    public int Count { get; }

    /// <summary>Walks the updates in wire order.</summary>
    public Enumerator GetEnumerator() => new(Count, _items);

    internal void Write(scoped ref MessagePackWriter writer)
    {
        writer.WriteArrayHead(Count);
        foreach (var update in this)
            update.Write(ref writer);
    }

    internal static bool TryRead(scoped ref MessagePackReader reader, out ReplicationBatch value)
    {
        value = default;
        if (!reader.TryBeginSequence(out var count))
            return false;
        var items = reader.Rest;
        for (var i = 0u; i < count; i++)
        {
            if (!ReplicationEvent.TryRead(ref reader, out _))
                return false;
        }

        reader.EndSequence();
        value = new ReplicationBatch((int)count, items);
        return true;
    }

    /// <summary>Walks a batch.</summary>
    public ref struct Enumerator
    {
        private MessagePackReader _reader;
        private ReplicationEvent _current;
        private int _left;

        internal Enumerator(int count, ReadOnlySpan<byte> items)
        {
            _reader = new MessagePackReader(items);
            _current = default;
            _left = count;
        }

        /// <summary>The update.</summary>
        public readonly ReplicationEvent Current => _current;

        /// <summary>Goes to the next update.</summary>
        public bool MoveNext()
        {
            if (_left == 0)
                return false;
            _left--;
            return ReplicationEvent.TryRead(ref _reader, out _current);
        }
    }
}
