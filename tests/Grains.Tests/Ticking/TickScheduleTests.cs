// The grid of deadlines: late ticks, given-up deadlines, no bursts.
using Aetheris.Grains.Ticking;
using CsCheck;

namespace Aetheris.Grains.Tests.Ticking;

public sealed class TickScheduleTests
{
    private const long Period = 1000;

    [Fact]
    public void A_tick_on_time_moves_to_the_next_deadline_of_the_grid()
    {
        var schedule = new TickSchedule(5000, Period);
        var moment = schedule.Take(5000);
        Assert.Equal(new TickMoment(5000, 5000, 0), moment);
        Assert.Equal(6000, schedule.Deadline);
    }

    [Fact]
    public void A_late_tick_runs_at_once_and_the_next_stays_on_the_grid()
    {
        var schedule = new TickSchedule(5000, Period);
        var moment = schedule.Take(5900);
        Assert.Equal(900, moment.Lateness);
        Assert.Equal(0, moment.GivenUp);
        Assert.Equal(6000, schedule.Deadline);
    }

    [Fact]
    public void More_than_a_period_late_the_passed_deadlines_are_given_up_and_counted()
    {
        var schedule = new TickSchedule(5000, Period);
        var moment = schedule.Take(8300);
        Assert.Equal(3, moment.GivenUp);
        Assert.Equal(9000, schedule.Deadline);
    }

    [Fact]
    public void However_late_ticks_are_there_is_never_a_burst_and_the_grid_holds()
    {
        Gen.Int[0, 5000].Array[1, 200].Sample(delays =>
        {
            var schedule = new TickSchedule(0, Period);
            long now = 0, ticks = 0, previous = long.MinValue;
            foreach (var delay in delays)
            {
                now = Math.Max(now, schedule.Deadline) + delay;
                var moment = schedule.Take(now);
                ticks++;
                Assert.True(moment.Deadline > previous);
                previous = moment.Deadline;
                Assert.Equal(0, schedule.Deadline % Period);
                // At most one deadline of the past is left to make up for.
                Assert.True(schedule.Deadline > now - Period);
                // Every deadline of the grid was either ticked or counted as given up.
                Assert.Equal(schedule.Deadline / Period, ticks + schedule.GivenUp);
            }
        });
    }
}
