// Which state datagrams a client says it has.
using System.Numerics;

namespace Aetheris.Gateway.Replication.Codec2;

/// <summary>Finds what is new in an acknowledgement: every client packet repeats 64 datagrams. A mutable struct.</summary>
internal struct AckWindow
{
    private ushort _newest;
    private ulong _history;
    private ushort _judged;
    private bool _isOpen;

    /// <summary>Begins with the next datagram.</summary>
    public void Restart(ushort nextSeq)
    {
        _isOpen = false;
        _history = 0;
        _judged = nextSeq;
    }

    /// <summary>Takes an acknowledgement.</summary>
    /// <param name="newest">Newest datagram received.</param>
    /// <param name="history">Bit n set = (newest − 1 − n) was received.</param>
    /// <param name="offsets">Receives bit n set = (newest − 1 − n) was not known to have arrived.</param>
    /// <returns>Whether the newest itself was not known to have arrived.</returns>
    public bool Take(ushort newest, ulong history, out ulong offsets)
    {
        var step = _isOpen ? (short)(newest - _newest) : 0;
        if (_isOpen && step <= 0)
        {
            // An older packet: who came late is found by the log.
            offsets = history;
            return step < 0;
        }

        var known = !_isOpen || step > 64 ? 0 : (step == 64 ? 0 : _history << step) | (1UL << (step - 1));
        offsets = history & ~known;
        _history = known | history;
        _newest = newest;
        _isOpen = true;
        return true;
    }

    /// <summary>Counts what was lost: datagrams so far behind the newest that they come no more.</summary>
    public void Judge(SentLog log, ref PathEstimate path)
    {
        if (!_isOpen)
            return;
        while ((short)(_newest - PathEstimate.ReorderDatagrams - _judged) > 0)
        {
            if (!log.TryFind(_judged, out var index) || !log.At(index).IsAcknowledged)
                path.Lost++;
            else
                path.Arrived++;
            _judged++;
        }
    }

    /// <summary>The number behind a bit of <c>offsets</c>.</summary>
    public static ushort SeqOf(ushort newest, ulong offsets) => (ushort)(newest - 1 - BitOperations.TrailingZeroCount(offsets));
}
