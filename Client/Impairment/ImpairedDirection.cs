// One direction of a bad network: decides from its seed what is lost and when the rest arrives. No sockets, no clock.
using System;
using Aetheris.Client.Time;

namespace Aetheris.Client.Impairment;

/// <summary>A delay queue with loss. Buffers are reused; the queue is bounded like a router's and drops beyond that.</summary>
public sealed class ImpairedDirection
{
    /// <summary>Most datagrams on their way at once.</summary>
    public const int MaxInFlight = 8192;

    private readonly ImpairmentOptions _options;
    private readonly SeededRandom _random;
    private readonly bool _keepOrder;
    private readonly int _maxLength;
    private Slot[] _heap = new Slot[64];
    private byte[][] _free = new byte[64][];
    private int _freeCount;
    private int _count;
    private long _order;
    private long _lastDue;

    /// <summary>Creates a direction.</summary>
    /// <param name="options">What to do.</param>
    /// <param name="keepOrder">Nothing overtakes, as on a stream.</param>
    /// <param name="maxLength">Longest datagram.</param>
    public ImpairedDirection(ImpairmentOptions options, bool keepOrder, int maxLength)
    {
        _options = options;
        _keepOrder = keepOrder;
        _maxLength = maxLength;
        _random = new SeededRandom(options.Seed);
    }

    /// <summary>Datagrams offered.</summary>
    public long Seen { get; private set; }

    /// <summary>Datagrams dropped on purpose.</summary>
    public long Dropped { get; private set; }

    /// <summary>Datagrams dropped because the queue was full or they were too long.</summary>
    public long Overflowed { get; private set; }

    /// <summary>Datagrams on their way.</summary>
    public int InFlight => _count;

    /// <summary>Takes a datagram from the sender.</summary>
    /// <returns>Whether it will arrive.</returns>
    public bool Offer(ReadOnlySpan<byte> datagram, long nowMicros)
    {
        Seen++;
        var lost = _random.NextDouble() < _options.Loss;
        var delay = _options.LatencyMs + (_random.NextSigned() * _options.JitterMs);
        if (lost)
        {
            Dropped++;
            return false;
        }

        if (_count >= MaxInFlight || datagram.Length > _maxLength)
        {
            Overflowed++;
            return false;
        }

        var due = nowMicros + (long)(Math.Max(0, delay) * 1000);
        if (_keepOrder)
            due = _lastDue = Math.Max(due, _lastDue);
        Push(new Slot(due, _order++, Rent(datagram), datagram.Length));
        return true;
    }

    /// <summary>Hands over the next datagram that has arrived by now.</summary>
    /// <param name="nowMicros">Now.</param>
    /// <param name="into">At least the longest datagram long.</param>
    /// <param name="length">Bytes written.</param>
    public bool TryTake(long nowMicros, Span<byte> into, out int length)
    {
        length = 0;
        if (_count == 0 || _heap[0].Due > nowMicros)
            return false;
        var slot = Pop();
        slot.Bytes.AsSpan(0, slot.Length).CopyTo(into);
        length = slot.Length;
        Return(slot.Bytes);
        return true;
    }

    private byte[] Rent(ReadOnlySpan<byte> datagram)
    {
        var buffer = _freeCount > 0 ? _free[--_freeCount] : new byte[2048];
        if (buffer.Length < datagram.Length)
            buffer = new byte[datagram.Length];
        datagram.CopyTo(buffer);
        return buffer;
    }

    private void Return(byte[] buffer)
    {
        if (_freeCount == _free.Length)
            Array.Resize(ref _free, _free.Length * 2);
        _free[_freeCount++] = buffer;
    }

    private void Push(Slot slot)
    {
        if (_count == _heap.Length)
            Array.Resize(ref _heap, _heap.Length * 2);
        var i = _count++;
        while (i > 0 && slot.Before(_heap[(i - 1) / 2]))
        {
            _heap[i] = _heap[(i - 1) / 2];
            i = (i - 1) / 2;
        }

        _heap[i] = slot;
    }

    private Slot Pop()
    {
        var top = _heap[0];
        var last = _heap[--_count];
        _heap[_count] = default;
        var i = 0;
        while (true)
        {
            var child = i * 2 + 1;
            if (child >= _count)
                break;
            if (child + 1 < _count && _heap[child + 1].Before(_heap[child]))
                child++;
            if (!_heap[child].Before(last))
                break;
            _heap[i] = _heap[child];
            i = child;
        }

        if (_count > 0)
            _heap[i] = last;
        return top;
    }

    private readonly struct Slot
    {
        public readonly long Due;
        public readonly long Order;
        public readonly byte[] Bytes;
        public readonly int Length;

        public Slot(long due, long order, byte[] bytes, int length)
        {
            Due = due;
            Order = order;
            Bytes = bytes;
            Length = length;
        }

        public bool Before(in Slot other) => Due < other.Due || (Due == other.Due && Order < other.Order);
    }
}
