// The clock that says when an input must leave, against a made-up room.
using Aetheris.Client.Time;

namespace Aetheris.Client.Tests;

public class ServerClockTests
{
    private const double Period = 1_000_000.0 / 60;

    [Fact]
    public void Clock_converges_to_a_few_milliseconds_of_slack_without_jumping()
    {
        var (clock, slacks) = Fly(offset: -3, seconds: 20);
        Assert.Equal(0, clock.Jumps);
        Assert.All(slacks.Skip(600), slack => Assert.InRange(slack, 2000, 7000));
    }

    [Fact]
    public void Clock_jumps_when_it_is_far_off()
    {
        var (clock, slacks) = Fly(offset: 0, seconds: 20, roundTrip: 1_000_000);
        Assert.InRange(clock.Jumps, 1, 2);
        Assert.All(slacks.Skip(600), slack => Assert.InRange(slack, 2000, 7000));
    }

    [Fact]
    public void Clock_jumps_when_it_is_some_ticks_off_for_half_a_second()
    {
        var (clock, slacks) = Fly(offset: 0, seconds: 20, roundTrip: 250_000);
        Assert.Equal(1, clock.Jumps);
        Assert.All(slacks.Skip(120), slack => Assert.InRange(slack, 2000, 7000));
    }

    [Theory]
    [InlineData(5_000)]
    [InlineData(30_000)]
    public void Clock_keeps_as_much_slack_as_jitter_needs(int jitter)
    {
        var (clock, slacks) = Fly(offset: 0, seconds: 60, jitter);
        var settled = slacks.Skip(1200).ToArray();
        Assert.InRange(settled.Count(slack => slack < 0) / (double)settled.Length, 0, 0.02);
        Assert.InRange(clock.MarginMicros, jitter / 2, 5000 + (jitter * 1.5));
    }

    [Fact]
    public void Clock_learns_a_way_to_the_room_that_takes_longer_than_its_base()
    {
        var (clock, _) = Fly(offset: 0, seconds: 20, roomWay: 8_000);
        var late = clock.LateInputs;
        var (longer, _) = Fly(offset: 0, seconds: 80, roomWay: 8_000);
        Assert.InRange(longer.LateInputs - late, 0, 30);
    }

    [Fact]
    public void Clock_gives_back_what_a_hiccup_cost()
    {
        var (clock, slacks) = Fly(offset: 0, seconds: 60, hiccupAt: 10);
        Assert.True(clock.LateInputs > 0);
        Assert.InRange(slacks.Skip(slacks.Count - 60).Average(), 2000, 7000);
    }

    [Fact]
    public void Clock_waits_with_a_silent_room_and_keeps_its_lead()
    {
        var clock = new ServerClock();
        clock.Start(0, 1000, 60, 50_000);
        var last = 0ul;
        var taken = 0;
        for (var now = 0L; now < 3_000_000; now += 1000)
        {
            var isStalled = now is >= 1_000_000 and < 2_000_000;
            if (!isStalled)
                clock.ObserveTick(now, 1000 + (ulong)((now >= 2_000_000 ? now - 1_000_000 : now) * 60 / 1_000_000));
            while (clock.TryTakeTarget(now, out var target))
            {
                Assert.True(target > last);
                Assert.InRange((long)target - (long)clock.NewestTick, 0, 16);
                last = target;
                taken++;
            }
        }

        Assert.InRange(taken, 115, 140);
    }

    /// <summary>Polls every millisecond; 25 ms each way plus jitter on the way up; the gateway is so far from the room.</summary>
    private static (ServerClock Clock, List<int> Slacks) Fly(int offset, int seconds, int jitter = 0, int roomWay = 0, int hiccupAt = -1, int roundTrip = 50_000)
    {
        var clock = new ServerClock();
        var random = new SeededRandom(1);
        var slacks = new List<int>();
        var up = new List<(long Due, ulong Target)>();
        var arrivals = new Dictionary<ulong, long>();
        var frames = new Dictionary<ulong, long>();
        var acks = new Queue<(long Due, ulong Tick, ulong Applied, int Slack)>();
        var refusals = new Queue<(long Due, int Distance)>();
        var applied = 0ul;
        var tick = 1000ul;
        clock.Start(0, (ulong)(1000 + offset), 60, roundTrip);
        for (var now = 0L; now < seconds * 1_000_000L; now += 1000)
        {
            var hiccup = hiccupAt >= 0 && now / 1_000_000 == hiccupAt && now % 1_000_000 < 100_000 ? 40_000 : 0;
            while (clock.TryTakeTarget(now, out var target))
            {
                clock.MarkSent(target, now);
                up.Add((now + 25_000 + hiccup + (long)(random.NextDouble() * jitter), target));
            }

            foreach (var (_, target) in up.Where(input => input.Due <= now))
            {
                if (target <= tick + 30)
                    arrivals[target] = now;
                else
                    refusals.Enqueue((now + 25_000, (int)(target - tick)));
            }

            up.RemoveAll(input => input.Due <= now);
            if (now >= (tick - 999) * Period)
            {
                tick++;
                frames[tick] = now + roomWay;
                foreach (var target in arrivals.Where(a => a.Value + roomWay <= now && a.Key <= tick).Select(a => a.Key))
                    applied = Math.Max(applied, target);
                var known = frames.TryGetValue(applied, out var frame) && arrivals.ContainsKey(applied);
                var slack = known ? (int)(frame - arrivals[applied]) : int.MinValue;
                if (known)
                    slacks.Add(slack);
                acks.Enqueue((now + 25_000 + roomWay, tick, applied, slack));
            }

            while (refusals.Count > 0 && refusals.Peek().Due <= now)
                clock.ObserveRejection(now, refusals.Dequeue().Distance);
            while (acks.Count > 0 && acks.Peek().Due <= now)
            {
                var ack = acks.Dequeue();
                clock.ObserveTick(now, ack.Tick);
                if (ack.Applied > 0)
                    clock.ObserveAck(now, ack.Tick, ack.Applied, ack.Slack);
                Assert.InRange(clock.Speed, 0.95, 1.05);
            }
        }

        return (clock, slacks);
    }
}
