// One target's place at the clock.
namespace Aetheris.Grains.Ticking;

/// <summary>One target's place at the clock; ends with <see cref="TickClock.Unregister"/> or the target's first exception.</summary>
public sealed class TickRegistration
{
    private TickSchedule _schedule;

    internal TickRegistration(ITickTarget target, TickSchedule schedule)
    {
        Target = target;
        _schedule = schedule;
        NextDeadline = schedule.Deadline;
    }

    /// <summary>The next deadline in nanoseconds of the clock's time: a room that moves takes it along as a distance from now.</summary>
    public long NextDeadline { get; private set; }

    /// <summary>Deadlines given up so far.</summary>
    public long GivenUp => _schedule.GivenUp;

    /// <summary>Whether the target threw.</summary>
    public bool Faulted { get; internal set; }

    internal ITickTarget Target { get; }

    internal bool Removed { get; set; }

    internal bool Running { get; set; }

    internal int RunningThread { get; set; }

    internal TickMoment Take(long now)
    {
        var moment = _schedule.Take(now);
        NextDeadline = _schedule.Deadline;
        return moment;
    }
}
