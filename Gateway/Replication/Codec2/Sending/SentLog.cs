// The state datagrams of one connection, from sending to acknowledgement.
namespace Aetheris.Gateway.Replication.Codec2;

/// <summary>The last 256 datagrams with the cells in them: 64 ticks of the most that one tick sends. Bounded, allocates once.</summary>
public sealed class SentLog
{
    private const int Capacity = 256;
    private const int CellCapacity = 4096;

    private readonly SentDatagram[] _datagrams = new SentDatagram[Capacity];
    private readonly ushort[] _cells = new ushort[CellCapacity];
    private long _cellEnd;

    /// <summary>Number of the next datagram.</summary>
    public ushort NextSeq { get; private set; }

    /// <summary>Datagrams sent.</summary>
    public long Count { get; private set; }

    /// <summary>Enters a datagram.</summary>
    /// <returns>Its place.</returns>
    public int Begin(ulong tick)
    {
        var index = NextSeq % Capacity;
        _datagrams[index] = new SentDatagram { Seq = NextSeq, IsKnown = true, Tick = tick, FirstCell = _cellEnd };
        NextSeq++;
        Count++;
        return index;
    }

    /// <summary>Adds a cell to the datagram that was entered last.</summary>
    public void AddCell(ref SentDatagram datagram, ushort cell)
    {
        _cells[_cellEnd++ % CellCapacity] = cell;
        datagram.CellCount++;
    }

    /// <summary>The datagram of a number, if it is still known.</summary>
    public bool TryFind(ushort seq, out int index)
    {
        index = seq % Capacity;
        return _datagrams[index].IsKnown && _datagrams[index].Seq == seq;
    }

    /// <summary>A datagram by its place.</summary>
    public ref SentDatagram At(int index) => ref _datagrams[index];

    /// <summary>A cell of a datagram; false when it was too long ago.</summary>
    public bool TryGetCell(in SentDatagram datagram, int n, out ushort cell)
    {
        var place = datagram.FirstCell + n;
        cell = _cells[place % CellCapacity];
        return _cellEnd - place <= CellCapacity;
    }

    /// <summary>All bases are void: acknowledgements of what was sent so far say nothing any more.</summary>
    public void Forget() => Array.Clear(_datagrams);
}
