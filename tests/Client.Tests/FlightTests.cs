// Whole flows of the client against a room in memory, stepped by hand.
using Aetheris.Client.Connection;
using Aetheris.Client.Impairment;
using Aetheris.Client.Input;
using Aetheris.Client.Tests.Fakes;
using Aetheris.Protocol.Components;
using Aetheris.Protocol.Identity;
using Aetheris.Protocol.Link;

namespace Aetheris.Client.Tests;

public class FlightTests
{
    private static readonly PilotIntent Thrust = new(1, 0.25f, Fire: false);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Client_joins_flies_and_loses_nothing(byte codec)
    {
        var run = new FakeWorldRun { Codec = codec };
        var client = run.Add();
        run.Run(0.5);
        Assert.Equal(ClientState.InRoom, client.State);
        Assert.NotEqual(NetworkId.None, client.View.OwnShip);

        client.Intent = Thrust;
        run.Run(5);
        var counts = client.Inputs.Counts;
        Assert.InRange(counts.Sent, 300, 340);
        Assert.InRange(counts.InFlight, 0, 6);
        Assert.Equal(0, counts.Lost + counts.Unreceived + counts.Rejected + counts.Unverified + counts.ChainMismatches);
        Assert.Equal(0, client.Quality.Acks.Missing);
        Assert.True(client.View.TryGet<Transform>(client.View.OwnShip, ComponentKinds.Transform, out var transform, out _));
        Assert.True(transform.X is > 10 or < -10);
    }

    [Fact]
    public void Prediction_has_the_rooms_bits_on_a_clean_link()
    {
        var run = new FakeWorldRun { Network = new ImpairmentOptions(0, 20, 0, 3) };
        var client = run.Add();
        run.Run(2);
        var before = client.Prediction.Mispredictions;
        var turn = 0;
        run.Run(10, () =>
        {
            if (turn++ % 150 == 0)
                client.Intent = new PilotIntent(MathF.Cos(turn), MathF.Sin(turn), Fire: false);
        });
        Assert.True(client.Prediction.Compared > 500);
        Assert.Equal(before, client.Prediction.Mispredictions);
    }

    [Fact]
    public void Echo_on_a_calm_link_is_a_few_milliseconds_and_no_input_is_late()
    {
        var run = new FakeWorldRun();
        var client = run.Add();
        run.Run(3);
        client.Quality.Restart(run.Clock.NowMicros);
        var late = client.Clock.LateInputs;
        run.Run(10);
        Assert.Equal(late, client.Clock.LateInputs);
        Assert.InRange(client.Quality.Echo.PercentileMs(0.5), 2, 8);
        Assert.InRange(client.Quality.Echo.PercentileMs(0.99), 2, 9);
    }

    [Fact]
    public void Polling_once_per_frame_makes_no_input_late()
    {
        var run = new FakeWorldRun();
        var client = run.Add();
        run.Run(1);
        var late = 0L;
        for (var i = 0; i < 1200; i++)
        {
            if (i == 300)
                late = client.Clock.LateInputs;
            for (var step = 0; step < 15; step++)
            {
                run.Clock.NowMicros += 1000;
                run.Gateway.Step();
            }

            client.Poll();
        }

        Assert.InRange(client.Clock.LateInputs - late, 0, 3);
        Assert.InRange(client.Clock.WantedMarginMicros, 10_000, 40_000);
    }

    [Theory]
    [InlineData(1, 0.05, 40, 10)]
    [InlineData(1, 0.20, 80, 30)]
    [InlineData(2, 0.05, 40, 10)]
    [InlineData(2, 0.30, 80, 30)]
    public void Lossy_link_loses_no_acknowledged_input_and_views_match(byte codec, double loss, double latency, double jitter)
    {
        var run = new FakeWorldRun { Codec = codec, Network = new ImpairmentOptions(loss, latency, jitter, 11) };
        for (var i = 0; i < 4; i++)
            run.Add();
        run.Run(3);
        foreach (var client in run.Clients)
            client.Intent = Thrust;
        run.Run(10);
        foreach (var client in run.Clients)
        {
            Assert.Equal(ClientState.InRoom, client.State);
            var counts = client.Inputs.Counts;
            Assert.Equal(0, counts.Lost);
            Assert.Equal(0, counts.ChainMismatches);
            Assert.True(counts.Acked > 600, $"{counts.Acked} of {counts.Sent}");
            Assert.True(client.Quality.Acks.Missing > 0);
            Assert.InRange(client.Clock.MarginMicros, 0, 100_000);
            Assert.Equal(run.Gateway.World.Entities.Count, client.View.Count);
        }
    }

    [Fact]
    public void Withheld_acknowledgement_is_found_missing()
    {
        var run = new FakeWorldRun();
        var client = run.Add();
        run.Run(1);
        client.Faults.WithholdAck = true;
        run.Run(2);
        Assert.NotEqual(0ul, client.Faults.WithheldTick);
        Assert.Equal(1, client.Quality.Acks.Missing);
        Assert.True(client.Quality.Acks.IsMissing(client.Faults.WithheldTick));
    }

    [Fact]
    public void Input_left_out_of_every_packet_is_unreceived()
    {
        var run = new FakeWorldRun();
        var client = run.Add();
        run.Run(1);
        client.Faults.DropInput = true;
        run.Run(1);
        Assert.True(client.Inputs.TryGetStatus(client.Faults.DroppedSequence, out var status));
        Assert.Equal(InputStatus.Unreceived, status);
        Assert.Equal(1, client.Inputs.Counts.Unreceived);
        Assert.Equal(0, client.Inputs.Counts.Lost);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 4)]
    public void Input_altered_in_the_verifiers_copy_counts_as_one_lost_among_those_of_its_chain(byte codec, int perChain)
    {
        var run = new FakeWorldRun { Codec = codec };
        var client = run.Add();
        run.Run(1);
        client.Faults.AlterInput = true;
        run.Run(1);
        Assert.True(client.Inputs.TryGetStatus(client.Faults.AlteredSequence, out var status));
        Assert.Equal(InputStatus.Suspect, status);
        Assert.Equal(1, client.Inputs.Counts.Lost);
        Assert.InRange(client.Inputs.Counts.Unverified, 0, perChain - 1);
        Assert.Equal(1, client.Inputs.Counts.ChainMismatches);
    }

    [Fact]
    public void Late_joiner_sees_entities_that_never_moved()
    {
        var run = new FakeWorldRun();
        run.Add();
        run.Run(30);
        var late = run.Add(spectate: true);
        run.Run(0.2);
        Assert.Equal(ClientState.InRoom, late.State);
        Assert.Equal(NetworkId.None, late.View.OwnShip);
        Assert.Equal(run.Gateway.World.Entities.Count, late.View.Count);
    }

    [Fact]
    public void Quitting_takes_the_ship_away_from_other_views_within_a_second()
    {
        var run = new FakeWorldRun();
        var leaver = run.Add();
        var watcher = run.Add(spectate: true);
        run.Run(1);
        var ship = leaver.View.OwnShip;
        Assert.True(watcher.View.TryGetSlot(ship, out _));
        leaver.Leave();
        run.Run(1);
        Assert.Equal([CloseReason.Quit], run.Gateway.Goodbyes);
        Assert.False(watcher.View.TryGetSlot(ship, out _));
        Assert.True(watcher.View.IsDead(ship));
    }

    [Fact]
    public void Reconnecting_gets_the_same_ship_back()
    {
        var run = new FakeWorldRun();
        var client = run.Add();
        run.Run(1);
        client.Reconnect();
        run.Run(1);
        Assert.Equal(ClientState.InRoom, client.State);
        Assert.Equal(1, client.Quality.Reconnects);
        Assert.Equal(1, client.Quality.SameShip);
        Assert.Equal(0, client.Quality.Disconnects);
        Assert.Equal(0, client.Inputs.Counts.Lost);
        Assert.Equal(2, run.Gateway.Matches);
    }

    [Fact]
    public void Silent_gateway_is_left_after_a_second_and_entered_again()
    {
        var run = new FakeWorldRun();
        var client = run.Add();
        run.Run(1);
        run.Transports[0].IsCut = true;
        run.Run(0.9);
        Assert.Equal(ClientState.InRoom, client.State);
        run.Run(1);
        Assert.Equal(1, client.Quality.Disconnects);
        Assert.Equal(ClientState.InRoom, client.State);
        Assert.Equal(2, run.Gateway.Matches);
    }

    [Fact]
    public void Dead_gateway_is_tried_with_growing_delays_and_given_up()
    {
        var run = new FakeWorldRun();
        run.Gateway.IsDown = true;
        var client = run.Add();
        run.Run(2);
        Assert.InRange(run.Gateway.Matches, 3, 7);
        run.Run(120);
        Assert.Equal(ClientState.Disconnected, client.State);
        Assert.Equal(21, run.Gateway.Matches);
        Assert.Equal("no answer from the gateway", client.LastFailure!.Text);
    }

    [Fact]
    public void Standing_still_for_a_minute_does_not_break_the_clock()
    {
        var run = new FakeWorldRun();
        var client = run.Add();
        run.Run(1);
        run.Clock.NowMicros += 700_000;
        run.Run(3);
        Assert.Equal(ClientState.InRoom, client.State);
        Assert.Equal(0, client.Inputs.Counts.Lost);
        Assert.InRange(client.Clock.MarginMicros, 0, 60_000);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Steady_polling_allocates_nothing(byte codec)
    {
        var run = new FakeWorldRun { Codec = codec };
        var client = run.Add();
        run.Run(3);
        client.Intent = Thrust;
        run.Run(1);
        long allocated = 0;
        for (var i = 0; i < 1000; i++)
        {
            run.Clock.NowMicros += 1000;
            run.Gateway.Step();
            var before = GC.GetAllocatedBytesForCurrentThread();
            client.Poll();
            allocated += GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.Equal(0, allocated);
    }
}
