// Cells that a client is to forget, until it is known to have heard so.
namespace Aetheris.Gateway.Replication.Codec2;

/// <summary>Leaves in order of their numbers; every datagram repeats them until one is acknowledged.</summary>
public sealed class LeaveQueue
{
    /// <summary>Most leaves in one datagram.</summary>
    public const int MaxPerDatagram = 96;

    private ushort[] _cells = new ushort[16];
    private uint[] _numbers = new uint[16];
    private uint _last;

    /// <summary>Leaves owed.</summary>
    public int Count { get; private set; }

    /// <summary>The leaves that the next datagram carries.</summary>
    public ReadOnlySpan<ushort> Next => _cells.AsSpan(0, Math.Min(Count, MaxPerDatagram));

    /// <summary>Number of the last leave that the next datagram carries, 0 = none.</summary>
    public uint NextThrough => Count == 0 ? 0 : _numbers[Math.Min(Count, MaxPerDatagram) - 1];

    /// <summary>Whether a leave is owed already.</summary>
    public bool Owes(ushort cell) => _cells.AsSpan(0, Count).Contains(cell);

    /// <summary>Owes a leave.</summary>
    public void Add(ushort cell)
    {
        if (Count == _cells.Length)
        {
            Array.Resize(ref _cells, Count * 2);
            Array.Resize(ref _numbers, Count * 2);
        }

        _cells[Count] = cell;
        _numbers[Count++] = ++_last;
    }

    /// <summary>The cell is in the interest again: what will be sent of it replaces everything, so nothing is owed.</summary>
    /// <returns>Whether a leave was owed: the client may still hold the cell.</returns>
    public bool Cancel(ushort cell)
    {
        var index = _cells.AsSpan(0, Count).IndexOf(cell);
        if (index < 0)
            return false;
        Count--;
        Array.Copy(_cells, index + 1, _cells, index, Count - index);
        Array.Copy(_numbers, index + 1, _numbers, index, Count - index);
        return true;
    }

    /// <summary>A datagram with the leaves up to a number has arrived.</summary>
    public void Acknowledge(uint through)
    {
        var heard = 0;
        while (heard < Count && _numbers[heard] <= through)
            heard++;
        if (heard == 0)
            return;
        Count -= heard;
        Array.Copy(_cells, heard, _cells, 0, Count);
        Array.Copy(_numbers, heard, _numbers, 0, Count);
    }

    /// <summary>Forgets all.</summary>
    public void Clear() => Count = 0;
}
