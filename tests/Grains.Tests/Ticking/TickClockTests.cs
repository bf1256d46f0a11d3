// Which room ticks when, without real time; and one short run on real threads.
using Aetheris.Grains.Tests.Harness;
using Aetheris.Grains.Ticking;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aetheris.Grains.Tests.Ticking;

public sealed class TickClockTests
{
    private const long Period = 1_000_000;

    private readonly TickQueue _queue = new();
    private readonly FakeWaiter _waiter = new();

    [Fact]
    public void Rooms_tick_in_the_order_of_their_deadlines_each_on_its_own_grid()
    {
        var order = new List<string>();
        Register(new RecordingTarget(_ => order.Add("a")), first: 300);
        Register(new RecordingTarget(_ => order.Add("b")), first: 100);
        Register(new RecordingTarget(_ => order.Add("c")), first: 200);
        Run(6);
        Assert.Equal(["b", "c", "a", "b", "c", "a"], order);
        Assert.Equal(Period + 300, _waiter.Now);
    }

    [Fact]
    public void Rooms_registered_together_get_different_phases()
    {
        var deadlines = new HashSet<long>();
        for (var i = 0; i < 20; i++)
            Assert.True(deadlines.Add(_queue.Register(new RecordingTarget(), Period, 0, null).NextDeadline));
        Assert.All(deadlines, deadline => Assert.InRange(deadline, 0, Period));
    }

    [Fact]
    public void A_room_that_throws_is_stopped_and_the_others_go_on()
    {
        var bad = new RecordingTarget(_ => throw new InvalidOperationException("broken rule"));
        var good = new RecordingTarget();
        var registration = Register(bad, first: 0);
        Register(good, first: 10);
        Run(5);
        Assert.Single(bad.Moments);
        Assert.Single(bad.Faults);
        Assert.True(registration.Faulted);
        Assert.Equal(4, good.Moments.Count);
        Assert.Equal(1, _queue.Count);
    }

    [Fact]
    public void A_slow_room_gives_up_deadlines_but_skips_no_tick()
    {
        var slow = new RecordingTarget(_ => _waiter.Now += (5 * Period) / 2);
        Register(slow, first: 0);
        Run(4);
        Assert.Equal(4, slow.Moments.Count);
        Assert.True(slow.Moments[^1].GivenUp >= 3);
        for (var i = 1; i < slow.Moments.Count; i++)
            Assert.True(slow.Moments[i].Deadline > slow.Moments[i - 1].Deadline);
    }

    [Fact]
    public void An_earlier_newcomer_is_not_missed_while_a_far_deadline_is_waited_for()
    {
        var order = new List<string>();
        _queue.Register(new RecordingTarget(_ => order.Add("far")), 1, 0, 100_000_000);
        Assert.True(_queue.TryTake(block: false, out var taken));
        Register(new RecordingTarget(_ => order.Add("near")), first: 50_000_000);
        TickClock.RunOne(_queue, _waiter, taken, Make.Metrics, NullLogger.Instance);
        Run(1);
        Assert.Equal(["near"], order);
    }

    [Fact]
    public void A_removed_room_is_not_ticked_even_when_a_thread_waits_for_it()
    {
        var target = new RecordingTarget();
        var registration = Register(target, first: 500);
        Assert.True(_queue.TryTake(block: false, out var taken));
        Assert.True(_queue.Remove(registration, TimeSpan.Zero));
        TickClock.RunOne(_queue, _waiter, taken, Make.Metrics, NullLogger.Instance);
        Assert.Empty(target.Moments);
        Assert.False(_queue.TryTake(block: false, out _));
    }

    [Fact]
    public void A_room_may_remove_itself_in_its_tick_without_waiting_for_itself()
    {
        TickRegistration? registration = null;
        var target = new RecordingTarget(_ => Assert.True(_queue.Remove(registration!, TimeSpan.FromMinutes(1))));
        registration = Register(target, first: 0);
        Run(1);
        Assert.Single(target.Moments);
        Assert.Equal(0, _queue.Count);
    }

    [Fact]
    public void On_real_threads_unregistering_waits_for_the_running_tick()
    {
        using var clock = new TickClock(TickWaiter.ForPlatform(), Make.Metrics, NullLogger<TickClock>.Instance, realtime: false);
        using var inTick = new ManualResetEventSlim();
        using var goOn = new ManualResetEventSlim();
        var ended = false;
        var registration = clock.Register(
            new RecordingTarget(_ =>
            {
                inTick.Set();
                goOn.Wait(TestContext.Current.CancellationToken);
                Volatile.Write(ref ended, true);
            }),
            TimeSpan.FromMilliseconds(5));
        inTick.Wait(TestContext.Current.CancellationToken);
        Assert.False(clock.Unregister(registration, TimeSpan.Zero));
        goOn.Set();
        Assert.True(clock.Unregister(registration, TimeSpan.FromSeconds(10)));
        Assert.True(Volatile.Read(ref ended));
        Assert.Equal(0, clock.Count);
    }

    private TickRegistration Register(RecordingTarget target, long first) => _queue.Register(target, Period, _waiter.Now, first);

    private void Run(int ticks)
    {
        for (var i = 0; i < ticks; i++)
        {
            Assert.True(_queue.TryTake(block: false, out var taken));
            TickClock.RunOne(_queue, _waiter, taken, Make.Metrics, NullLogger.Instance);
        }
    }
}
