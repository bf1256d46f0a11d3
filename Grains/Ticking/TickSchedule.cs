// The grid of deadlines of one target: the policy for late ticks, without any waiting.
namespace Aetheris.Grains.Ticking;

/// <summary>
/// Deadlines on a fixed grid. A late tick runs at once and the next stays on the grid. More than one period late, the
/// deadlines that have passed are given up and counted: never a burst (the seed's Delay, TICK_PIPELINE T-02).
/// </summary>
public struct TickSchedule
{
    /// <summary>Starts a grid.</summary>
    /// <param name="first">First deadline in nanoseconds.</param>
    /// <param name="period">Nanoseconds between deadlines, 1 or more.</param>
    public TickSchedule(long first, long period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(period, 1);
        Deadline = first;
        Period = period;
    }

    /// <summary>Next deadline in nanoseconds.</summary>
    public long Deadline { get; private set; }

    /// <summary>Nanoseconds between deadlines.</summary>
    public long Period { get; }

    /// <summary>Deadlines given up so far.</summary>
    public long GivenUp { get; private set; }

    /// <summary>Takes the current deadline for a tick that begins now and moves to the next one.</summary>
    public TickMoment Take(long now)
    {
        var due = Deadline;
        var late = now - due;
        if (late > Period)
        {
            var passed = late / Period;
            GivenUp += passed;
            Deadline = due + ((passed + 1) * Period);
        }
        else
        {
            Deadline = due + Period;
        }

        return new TickMoment(due, now, GivenUp);
    }
}
