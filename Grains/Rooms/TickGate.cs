// Whether a room may tick now: not while its epoch is in doubt.
using Aetheris.Grains.Storage;

namespace Aetheris.Grains.Rooms;

/// <summary>
/// A recovered room waits until its gateways have adopted the new epoch or <see cref="AdoptWithin"/> has passed; a room that wakes up
/// late asks storage before it sends anything (DESIGN §3, epoch). Ticks that may not run are given up, never skipped. Not thread-safe.
/// </summary>
internal sealed class TickGate
{
    /// <summary>Longest wait for gateways.</summary>
    public static readonly TimeSpan AdoptWithin = TimeSpan.FromMilliseconds(300);

    /// <summary>A tick that begins this long after its predecessor is in doubt.</summary>
    public static readonly TimeSpan LateAfter = TimeSpan.FromMilliseconds(500);

    /// <summary>How long storage may leave a late room waiting.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly TimeProvider _time;
    private readonly RoomKeeper? _keeper;
    private readonly SubscriberSet _subscribers;
    private readonly uint _epoch;
    private long? _previous;
    private long? _heldSince;

    /// <summary>Creates an open gate.</summary>
    public TickGate(TimeProvider time, RoomKeeper? keeper, SubscriberSet subscribers, uint epoch)
    {
        _time = time;
        _keeper = keeper;
        _subscribers = subscribers;
        _epoch = epoch;
    }

    /// <summary>Waits for the known gateways to adopt the epoch.</summary>
    public void HoldForAdoption() => _heldSince = _time.GetTimestamp();

    /// <summary>The predecessor of the next tick ran elsewhere, this long ago.</summary>
    public void SetPrevious(TimeSpan ago) => _previous = _time.GetTimestamp() - (long)(ago.TotalSeconds * _time.TimestampFrequency);

    /// <summary>Decides about a tick that would begin now.</summary>
    public bool MayTick()
    {
        var now = _time.GetTimestamp();
        if (_keeper is { IsAsking: true })
        {
            _previous = now;
            return false;
        }

        if (_heldSince is { } held)
        {
            if (!_subscribers.HaveAdopted(_epoch) && _time.GetElapsedTime(held, now) < AdoptWithin)
                return false;
            _heldSince = null;
            _previous = now;
        }

        var late = _keeper is not null && _previous is { } previous && _time.GetElapsedTime(previous, now) > LateAfter;
        _previous = now;
        if (late)
            _keeper!.Ask(Patience);
        return !late;
    }
}
