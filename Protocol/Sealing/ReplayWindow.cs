// Which counters of a direction have been seen.
namespace Aetheris.Protocol.Sealing;

/// <summary>
/// The highest counter and a bit for each of the 256 up to it; what is older counts as seen. A mutable struct: keep it in a field. Counters
/// begin anywhere, so the first one that is marked sets the window.
/// </summary>
public struct ReplayWindow
{
    // Bit n of the four words together: counter "highest - n" was seen.
    private ulong _bits0;
    private ulong _bits1;
    private ulong _bits2;
    private ulong _bits3;

    /// <summary>Highest counter marked.</summary>
    public ulong Highest { get; private set; }

    /// <summary>Whether any counter was marked.</summary>
    public bool HasAny { get; private set; }

    /// <summary>Whether a counter is new: ahead of all, or a gap within the window.</summary>
    public readonly bool IsNew(ulong counter)
    {
        if (!HasAny || counter > Highest)
            return true;
        var back = Highest - counter;
        return back < SealLimits.ReplayWindow && ((WordOf((int)back >> 6) >> ((int)back & 63)) & 1) == 0;
    }

    /// <summary>Marks a counter that is new and whose datagram is genuine.</summary>
    public void Mark(ulong counter)
    {
        if (!HasAny || counter > Highest)
        {
            Shift(HasAny ? counter - Highest : SealLimits.ReplayWindow);
            HasAny = true;
            Highest = counter;
            _bits0 |= 1;
            return;
        }

        var back = Highest - counter;
        var bit = 1UL << ((int)back & 63);
        switch (back >> 6)
        {
            case 0:
                _bits0 |= bit;
                break;
            case 1:
                _bits1 |= bit;
                break;
            case 2:
                _bits2 |= bit;
                break;
            case 3:
                _bits3 |= bit;
                break;
        }
    }

    private readonly ulong WordOf(int word) => word switch { 0 => _bits0, 1 => _bits1, 2 => _bits2, _ => _bits3 };

    private void Shift(ulong by)
    {
        if (by >= SealLimits.ReplayWindow)
        {
            _bits0 = _bits1 = _bits2 = _bits3 = 0;
            return;
        }

        for (; by >= 64; by -= 64)
        {
            _bits3 = _bits2;
            _bits2 = _bits1;
            _bits1 = _bits0;
            _bits0 = 0;
        }

        if (by == 0)
            return;
        var up = (int)by;
        _bits3 = (_bits3 << up) | (_bits2 >> (64 - up));
        _bits2 = (_bits2 << up) | (_bits1 >> (64 - up));
        _bits1 = (_bits1 << up) | (_bits0 >> (64 - up));
        _bits0 <<= up;
    }
}
