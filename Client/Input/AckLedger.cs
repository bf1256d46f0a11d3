// Notices server ticks whose input acknowledgement never came.
using System;
using System.Collections.Generic;

namespace Aetheris.Client.Input;

/// <summary>
/// A pilot gets one acknowledgement per frame tick. Each tick has 64 ticks' time to be acknowledged (datagrams swap places);
/// then it counts as missing. Ticks before the first acknowledgement of a connection do not count.
/// </summary>
public sealed class AckLedger
{
    private const int Depth = 64;
    private const int MaxRemembered = 256;

    private readonly Queue<ulong> _missing = new();
    private ulong _newest;
    private ulong _history;
    private ulong _first;

    /// <summary>Acknowledgements received, repeats not counted.</summary>
    public long Received { get; private set; }

    /// <summary>Ticks without acknowledgement.</summary>
    public long Missing { get; private set; }

    /// <summary>A new connection begins; ticks without acknowledgement inside the last one are counted first.</summary>
    public void Reset()
    {
        Flush();
        _newest = 0;
        _history = 0;
    }

    /// <summary>An acknowledgement of a tick arrived.</summary>
    public void Observe(ulong tick)
    {
        if (tick == 0)
            return;
        if (_newest == 0)
        {
            _newest = tick;
            _first = tick;
            _history = 0;
            Received++;
            return;
        }

        if (tick > _newest)
        {
            // A gap beyond the depth is a hole in the room's time (pause, move), not lost acknowledgements one by one.
            var advance = tick - _newest;
            if (advance > Depth)
            {
                Flush();
                _newest = tick;
                _first = tick;
                _history = 0;
                Received++;
                return;
            }

            for (var i = 0ul; i < advance; i++)
                Shift(i == 0);
            _newest = tick;
            Received++;
            return;
        }

        var distance = _newest - tick;
        if (distance == 0 || distance > Depth || tick < _first)
            return;
        var bit = 1ul << (int)(distance - 1);
        if ((_history & bit) != 0)
            return;
        _history |= bit;
        Received++;
    }

    /// <summary>Judges the ticks that still had time.</summary>
    public void Flush()
    {
        if (_newest == 0)
            return;
        for (var distance = (ulong)Depth; distance > 0; distance--)
        {
            if (_newest >= _first + distance && (_history >> (int)(distance - 1) & 1) == 0)
                AddMissing(_newest - distance);
        }

        _first = _newest;
        _history = 0;
    }

    /// <summary>Whether a recent tick was found missing.</summary>
    public bool IsMissing(ulong tick) => _missing.Contains(tick);

    private void Shift(bool newestWasReceived)
    {
        if (_newest >= _first + Depth && _history >> (Depth - 1) == 0)
            AddMissing(_newest - Depth);
        _history = (_history << 1) | (newestWasReceived ? 1ul : 0ul);
        _newest++;
    }

    private void AddMissing(ulong tick)
    {
        Missing++;
        if (_missing.Count == MaxRemembered)
            _missing.Dequeue();
        _missing.Enqueue(tick);
    }
}
