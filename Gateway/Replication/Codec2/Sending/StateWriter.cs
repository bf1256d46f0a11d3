// The state datagrams of one tick for one client.
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Codec2;
using Aetheris.Protocol.Link;

namespace Aetheris.Gateway.Replication.Codec2;

/// <summary>Puts blocks into as few datagrams as hold them; the own fields ride in the first. Steady use allocates nothing.</summary>
public sealed class StateWriter
{
    /// <summary>Most datagrams in one tick.</summary>
    public const int MaxDatagrams = 4;

    private const int FlagsOffset = 1;
    private const byte MoreFlag = 32;

    private readonly ByteWriter _bytes = new(LinkLimits.MaxDatagram * MaxDatagrams);
    private readonly int[] _starts = new int[MaxDatagrams];
    private readonly SentLog _log;
    private int _current;
    private ushort _check;

    /// <summary>A writer that enters what it writes into a log.</summary>
    public StateWriter(SentLog log) => _log = log;

    /// <summary>Datagrams begun in this tick.</summary>
    public int Count { get; private set; }

    /// <summary>Begins the tick's first datagram.</summary>
    /// <returns>Bytes of its head.</returns>
    public int BeginTick(in StateDatagram head, uint ownVersion, LeaveQueue leaves)
    {
        _bytes.Clear();
        Count = 0;
        Begin(in head, leaves.Next);
        ref var sent = ref _log.At(_current);
        sent.OwnVersion = ownVersion;
        sent.LeavesThrough = leaves.NextThrough;
        return _bytes.Length;
    }

    /// <summary>Appends a block; false when it fits into no further datagram of this tick.</summary>
    public bool TryAdd(in BlockHead block, ReadOnlySpan<byte> content, ushort check, ulong tick, byte stream)
    {
        var size = block.Size + content.Length;
        if (_bytes.Length - _starts[Count - 1] + size > LinkLimits.MaxDatagram)
        {
            if (Count == MaxDatagrams)
                return false;
            End();
            _bytes.WrittenSpan(_starts[Count - 1] + FlagsOffset, 1)[0] |= MoreFlag;
            Begin(new StateDatagram { Stream = stream, Tick = tick }, default);
        }

        block.Write(_bytes);
        _bytes.WriteBytes(content);
        _check += check;
        _log.AddCell(ref _log.At(_current), block.Cell);
        return true;
    }

    /// <summary>Ends the tick.</summary>
    public void EndTick() => End();

    /// <summary>A datagram of this tick, once it is ended.</summary>
    public ReadOnlySpan<byte> this[int index] =>
        _bytes.Written[_starts[index]..(index + 1 < Count ? _starts[index + 1] : _bytes.Length)];

    private void Begin(in StateDatagram head, ReadOnlySpan<ushort> leaves)
    {
        _starts[Count++] = _bytes.Length;
        _check = 0;
        StateDatagram numbered = head;
        numbered.Seq = _log.NextSeq;
        _current = _log.Begin(head.Tick);
        StateDatagram.Write(_bytes, in numbered, leaves);
    }

    private void End() => StateDatagram.PatchCheck(_bytes, _starts[Count - 1], _check);
}
