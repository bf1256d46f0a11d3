// What a player sees: smooth whatever the network and the frame rate do.
using Aetheris.Client.Impairment;
using Aetheris.Client.Input;
using Aetheris.Client.Tests.Fakes;
using Aetheris.Client.View.Motion;
using Aetheris.Protocol.Events;
using Aetheris.Protocol.Identity;

namespace Aetheris.Client.Tests;

public class FeelTests
{
    private static readonly PilotIntent Thrust = new(1, 0.25f, Fire: false);

    [Theory]
    [InlineData(33, 0, 0, 0)]
    [InlineData(17, 0, 0, 0)]
    [InlineData(7, 0, 0, 0)]
    [InlineData(7, 0.05, 40, 10)]
    [InlineData(17, 0.20, 80, 30)]
    public void Others_move_smoothly_at_any_frame_rate(int frameMs, double loss, double latency, double jitter)
    {
        var run = new FakeWorldRun { Network = new ImpairmentOptions(loss, latency, jitter, 3) };
        var pilot = run.Add();
        var watcher = run.Add(spectate: true);
        run.Run(2);
        pilot.Intent = Thrust;
        run.Run(3);
        var steps = Steps(run, watcher, pilot.View.OwnShip, frameMs, seconds: 6);
        var even = steps.Average();
        Assert.True(even > 0.02 * frameMs, $"{even} m per frame");
        Assert.InRange(steps.Max(), even, even * 1.6);
        Assert.InRange(steps.Min(), even * 0.4, even);
    }

    [Theory]
    [InlineData(17, 0, 0)]
    [InlineData(7, 0.10, 10)]
    public void Own_ship_moves_smoothly_although_it_is_corrected(int frameMs, double loss, double jitter)
    {
        var run = new FakeWorldRun { Network = new ImpairmentOptions(loss, 50, jitter, 4) };
        var pilot = run.Add();
        pilot.Intent = Thrust;
        run.Run(5);
        var steps = Steps(run, pilot, pilot.View.OwnShip, frameMs, seconds: 6);
        var even = steps.Average();
        Assert.InRange(steps.Max(), even, even * 1.5);
    }

    [Fact]
    public void Correction_is_hidden_and_gone_after_half_a_second()
    {
        var run = new FakeWorldRun();
        var pilot = run.Add();
        pilot.Intent = Thrust;
        run.Run(3);
        var ship = pilot.View.OwnShip;
        Assert.True(pilot.Scene.TryGet(ship, out var before));
        Assert.True(run.Gateway.World.Entities.TryGetSlot(ship, out var slot));
        var place = run.Gateway.World.Entities.Column(Aetheris.World.StandardComponents.Transform)[slot];
        place.Y += 2;
        run.Gateway.World.Entities.Column(Aetheris.World.StandardComponents.Transform).Set(slot, place);
        var largest = 0.0;
        for (var i = 0; i < 60; i++)
        {
            run.Run(0.010);
            pilot.Scene.TryGet(ship, out var after);
            largest = Math.Max(largest, Math.Abs(after.Y - before.Y));
            before = after;
        }

        Assert.InRange(largest, 0.05, 0.6);
        Assert.InRange(pilot.Scene.Correction.Error, 0, 0.01);
        Assert.InRange(pilot.Scene.Correction.Corrections.MaxMicros, 1_990_000, 2_010_000);
    }

    [Fact]
    public void Entity_that_is_not_heard_of_flies_on_for_eight_ticks_and_stands_still()
    {
        var run = new FakeWorldRun();
        var pilot = run.Add();
        var watcher = run.Add(spectate: true);
        pilot.Intent = Thrust;
        run.Run(4);
        var ship = pilot.View.OwnShip;
        run.Transports[1].IsCut = true;
        run.Run(0.06);
        Assert.True(watcher.Scene.TryGet(ship, out var first));
        run.Run(0.06);
        Assert.True(watcher.Scene.TryGet(ship, out var flown));
        Assert.True(flown.IsExtrapolated && Math.Abs(flown.X - first.X) > 0.2, $"{first} {flown}");
        run.Run(0.2);
        watcher.Scene.TryGet(ship, out var still);
        run.Run(0.2);
        watcher.Scene.TryGet(ship, out var end);
        Assert.Equal(still, end);
    }

    [Fact]
    public void Delay_follows_the_jitter()
    {
        var calm = Delay(0, 0);
        var shaky = Delay(30, 0);
        var lossy = Delay(30, 0.3);
        Assert.InRange(calm, 0.5, 1.6);
        Assert.InRange(shaky, calm + 0.8, 6);
        Assert.InRange(lossy, shaky, 9);

        static double Delay(double jitter, double loss)
        {
            var run = new FakeWorldRun { Network = new ImpairmentOptions(loss, 60, jitter, 8) };
            run.Add();
            var watcher = run.Add(spectate: true);
            run.Run(12);
            var late = watcher.Scene.Clock.LateFrames / (double)watcher.Scene.Clock.Frames;
            Assert.InRange(late, 0, 0.12);
            return watcher.Scene.Clock.DelayTicks;
        }
    }

    [Fact]
    public void Events_are_released_when_the_picture_reaches_their_tick()
    {
        var run = new FakeWorldRun { Network = new ImpairmentOptions(0, 60, 30, 8) };
        run.Add();
        run.Run(1);
        var watcher = run.Add(spectate: true);
        var released = 0;
        watcher.EventReleased += e =>
        {
            released++;
            Assert.InRange(watcher.Scene.Clock.Tick - e.Tick, 0, 2);
        };
        run.Run(2);
        var pilot = run.Add();
        run.Run(1);
        pilot.Leave();
        run.Run(1);
        Assert.True(released > 0);
    }

    [Fact]
    public void View_stays_while_the_client_reconnects()
    {
        var run = new FakeWorldRun { Network = new ImpairmentOptions(0, 40, 0, 8) };
        run.Add();
        var client = run.Add();
        run.Run(1);
        var count = client.View.Count;
        client.Reconnect();
        run.Run(1, () => Assert.InRange(client.View.Count, count - 1, count + 1));
        Assert.Equal(1, client.Quality.SameShip);
    }

    [Fact]
    public void Steady_frames_allocate_nothing()
    {
        var run = new FakeWorldRun();
        var client = run.Add();
        for (var i = 0; i < 3; i++)
            run.Add().Intent = Thrust;
        run.Run(4);
        long allocated = 0;
        for (var i = 0; i < 1000; i++)
        {
            run.Clock.NowMicros += 1000;
            run.Gateway.Step();
            foreach (var other in run.Clients.Skip(1))
                other.Poll();
            var before = GC.GetAllocatedBytesForCurrentThread();
            client.Poll();
            for (var slot = 0; slot < client.View.SlotCount; slot++)
                client.Scene.TryGet(client.View.IdOf(slot), out _);
            allocated += GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.Equal(0, allocated);
    }

    private static List<double> Steps(FakeWorldRun run, AetherisClient client, NetworkId ship, int frameMs, int seconds)
    {
        var steps = new List<double>();
        Assert.True(client.Scene.TryGet(ship, out var last));
        for (var i = 0; i < seconds * 1000 / frameMs; i++)
        {
            for (var ms = 0; ms < frameMs; ms++)
            {
                run.Clock.NowMicros += 1000;
                run.Gateway.Step();
                foreach (var other in run.Clients.Where(c => c != client))
                    other.Poll();
            }

            client.Poll();
            Assert.True(client.Scene.TryGet(ship, out var motion));
            var (dx, dy) = (Math.IEEERemainder(motion.X - last.X, 500), Math.IEEERemainder(motion.Y - last.Y, 500));
            steps.Add(Math.Sqrt((dx * dx) + (dy * dy)));
            last = motion;
        }

        return steps;
    }
}
