// The client's parts on their own.
using Aetheris.Client.Connection;
using Aetheris.Client.Impairment;
using Aetheris.Client.Input;
using Aetheris.Client.Quality;
using Aetheris.Client.Time;
using Aetheris.Client.View;
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Components;
using Aetheris.Protocol.Identity;
using Aetheris.Protocol.Link;

namespace Aetheris.Client.Tests;

public class PartTests
{
    [Theory]
    [InlineData(0.05, 1)]
    [InlineData(0.05, 2)]
    [InlineData(0.20, 3)]
    [InlineData(0.001, 4)]
    public void Impairment_drops_what_was_asked_within_three_sigma(double loss, ulong seed)
    {
        const int Count = 50_000;
        var direction = new ImpairedDirection(new ImpairmentOptions(loss, 0, 0, seed), keepOrder: false, 64);
        var buffer = new byte[64];
        for (var i = 0; i < Count; i++)
        {
            direction.Offer(new byte[8], i);
            direction.TryTake(i, buffer, out _);
        }

        Assert.InRange(direction.Dropped, (Count * loss) - (3 * Math.Sqrt(Count * loss * (1 - loss))), (Count * loss) + (3 * Math.Sqrt(Count * loss * (1 - loss))));
    }

    [Fact]
    public void Impairment_delays_within_its_bounds_and_repeats_from_its_seed()
    {
        var first = Delays(9);
        Assert.Equal(first, Delays(9));
        Assert.NotEqual(first, Delays(10));
        Assert.All(first, delay => Assert.InRange(delay, 30_000, 51_000));
        Assert.InRange(first.Average(), 39_000, 42_000);

        static List<long> Delays(ulong seed)
        {
            var direction = new ImpairedDirection(new ImpairmentOptions(0, 40, 10, seed), keepOrder: false, 64);
            var buffer = new byte[8];
            var delays = new List<long>();
            for (var now = 0L; now < 5_000_000; now += 1000)
            {
                direction.Offer(BitConverter.GetBytes(now), now);
                while (direction.TryTake(now, buffer, out _))
                    delays.Add(now - BitConverter.ToInt64(buffer));
            }

            return delays;
        }
    }

    [Fact]
    public void Stream_impairment_keeps_order()
    {
        var direction = new ImpairedDirection(new ImpairmentOptions(0, 40, 40, 5), keepOrder: true, 64);
        var buffer = new byte[8];
        var last = -1L;
        for (var now = 0L; now < 2_000_000; now += 1000)
        {
            direction.Offer(BitConverter.GetBytes(now), now);
            while (direction.TryTake(now, buffer, out _))
            {
                Assert.True(BitConverter.ToInt64(buffer) > last);
                last = BitConverter.ToInt64(buffer);
            }
        }
    }

    [Fact]
    public void Sender_packs_the_newest_inputs_and_refuses_targets_that_do_not_rise()
    {
        var sender = new InputSender(4);
        Assert.True(sender.BuildPacket().IsEmpty);
        for (var tick = 10ul; tick < 20; tick++)
            Assert.True(sender.TryAdd(new ShipInput { TargetTick = tick }));
        Assert.False(sender.TryAdd(new ShipInput { TargetTick = 19 }));
        Assert.False(sender.TryAdd(new ShipInput { TargetTick = 30, MoveX = float.NaN }));
        var inputs = new ShipInput[8];
        Assert.True(InputPacket.TryRead(sender.BuildPacket(), out var packet, inputs));
        Assert.Equal(10u, packet.NewestSequence);
        Assert.Equal([19ul, 18, 17, 16], inputs.Take(packet.Count).Select(i => i.TargetTick));

        Assert.True(sender.TryAdd(new ShipInput { TargetTick = 1000 }));
        Assert.True(InputPacket.TryRead(sender.BuildPacket(), out packet, inputs));
        Assert.Equal(1, packet.Count);
    }

    [Fact]
    public void Backoff_doubles_with_jitter_up_to_five_seconds()
    {
        var backoff = new ReconnectBackoff(3);
        for (var i = 0; i < 12; i++)
        {
            var full = Math.Min(5_000_000, 100_000L << i);
            Assert.InRange(backoff.NextMicros(), full / 2, full);
        }

        backoff.Reset();
        Assert.InRange(backoff.NextMicros(), 50_000, 100_000);
        Assert.NotEqual(new ReconnectBackoff(1).NextMicros(), new ReconnectBackoff(2).NextMicros());
    }

    [Fact]
    public void Ledger_names_the_ticks_without_acknowledgement()
    {
        var ledger = new AckLedger();
        for (var tick = 100ul; tick < 500; tick++)
        {
            if (tick is not (200 or 201 or 330))
                ledger.Observe(tick % 10 == 3 ? tick + 1 : tick % 10 == 4 ? tick - 1 : tick);
        }

        ledger.Flush();
        Assert.Equal(3, ledger.Missing);
        Assert.Equal(397, ledger.Received);
        Assert.True(ledger.IsMissing(200) && ledger.IsMissing(201) && ledger.IsMissing(330));
        ledger.Flush();
        Assert.Equal(3, ledger.Missing);
    }

    [Fact]
    public void Histogram_percentiles_are_within_two_percent()
    {
        var histogram = new LatencyHistogram();
        for (var i = 1; i <= 100_000; i++)
            histogram.Record(i);
        Assert.InRange(histogram.PercentileMs(0.5), 49, 51);
        Assert.InRange(histogram.PercentileMs(0.99), 97, 101);
        Assert.Equal(100, histogram.PercentileMs(1));
        histogram.Record(long.MaxValue);
        Assert.Equal(uint.MaxValue, histogram.MaxMicros);
    }

    [Fact]
    public void Verifier_reports_a_skipped_input_as_lost_if_the_room_does_not_say_in_time_that_it_refused_it()
    {
        var verifier = new InputVerifier();
        var inputs = Enumerable.Range(1, 6).Select(i => new ShipInput { TargetTick = (ulong)(100 + i), MoveX = i / 10f }).ToArray();
        for (var i = 0; i < inputs.Length; i++)
            verifier.Sent((uint)(i + 1), inputs[i], 0);
        var chain = 0u;
        foreach (var input in inputs.Where((_, i) => i != 2))
            chain = input.ChainAfter(chain);
        verifier.OnReceived(6, ulong.MaxValue);
        verifier.OnAck(107, 106, 5, chain);
        verifier.OnAck(287, 106, 5, chain);
        Assert.Equal((0, 0), (verifier.Counts.Acked, verifier.Counts.Lost));
        verifier.OnAck(288, 106, 5, chain);
        Assert.Equal((5, 1), (verifier.Counts.Acked, verifier.Counts.Lost));
        Assert.True(verifier.TryGetStatus(3, out var status));
        Assert.Equal(InputStatus.Lost, status);
        verifier.OnRejected(103);
        Assert.Equal((0, 1), (verifier.Counts.Lost, verifier.Counts.Rejected));
        Assert.Equal(0, verifier.Counts.InFlight);
    }

    [Fact]
    public void Verifier_counts_only_inputs_that_the_room_names_as_rejected()
    {
        foreach (var isEventFirst in new[] { true, false })
        {
            var verifier = new InputVerifier();
            var chain = 0u;
            for (var i = 1u; i <= 40; i++)
            {
                var input = new ShipInput { TargetTick = 100 + i };
                verifier.Sent(i, input, 0);
                chain = i is >= 9 and < 12 ? chain : input.ChainAfter(chain);
            }

            verifier.OnReceived(40, ulong.MaxValue);
            if (!isEventFirst)
                verifier.OnAck(140, 140, 37, chain);
            verifier.OnRejected(109);
            verifier.OnRejected(110);
            if (isEventFirst)
                verifier.OnAck(140, 140, 37, chain);
            verifier.Flush();
            Assert.Equal((37, 2, 1), (verifier.Counts.Acked, verifier.Counts.Rejected, verifier.Counts.Lost));
        }
    }

    [Fact]
    public void Verifier_waits_for_the_refusals_that_explain_a_chain_before_it_calls_anything_lost()
    {
        uint[] refused = [3, 4, 9, 15, 16, 22, 28];
        var verifier = new InputVerifier();
        var chain = 0u;
        for (var i = 1u; i <= 30; i++)
        {
            var input = new ShipInput { TargetTick = 100 + i, MoveX = i / 100f };
            verifier.Sent(i, input, 0);
            if (Array.IndexOf(refused, i) < 0)
                chain = input.ChainAfter(chain);
        }

        verifier.OnReceived(30, ulong.MaxValue);
        verifier.OnAck(130, 130, 23, chain);
        Assert.Equal((0, 0, 30), (verifier.Counts.Acked, verifier.Counts.Lost, verifier.Counts.InFlight));
        foreach (var sequence in refused)
            verifier.OnRejected(100 + sequence);
        Assert.Equal((23, 7, 0, 0, 0), (verifier.Counts.Acked, verifier.Counts.Rejected, verifier.Counts.Lost, verifier.Counts.ChainMismatches, verifier.Counts.InFlight));
    }

    [Theory]
    [InlineData(30, 1)]
    [InlineData(26, 4)]
    public void Verifier_that_nobody_helps_counts_the_least_that_must_be_lost(uint applied, int lost)
    {
        var verifier = new InputVerifier();
        for (var i = 1u; i <= 30; i++)
            verifier.Sent(i, new ShipInput { TargetTick = 100 + i }, 0);
        verifier.OnReceived(30, ulong.MaxValue);
        verifier.OnAck(130, 130, applied, 0xDEAD);
        verifier.OnAck(310, 130, applied, 0xDEAD);

        // As many applied as arrived: no refusal can explain the chain.
        Assert.Equal(applied == 30 ? 1 : 0, verifier.Counts.Lost);
        verifier.OnAck(311, 130, applied, 0xDEAD);
        Assert.Equal((0, lost, 30 - lost, 1), (verifier.Counts.Acked, verifier.Counts.Lost, verifier.Counts.Unverified, verifier.Counts.ChainMismatches));
        Assert.True(verifier.TryGetStatus(7, out var status));
        Assert.Equal(InputStatus.Suspect, status);
        verifier.OnRejected(107);
        Assert.Equal((lost, 0, 0), (verifier.Counts.Lost, verifier.Counts.Rejected, verifier.Counts.InFlight));
    }

    [Fact]
    public void Verifier_proves_no_loss_where_no_history_said_what_reached_the_gateway()
    {
        var verifier = new InputVerifier();
        var chain = 0u;
        for (var i = 1u; i <= 60; i++)
        {
            var input = new ShipInput { TargetTick = 100 + i, MoveX = i / 100f };
            verifier.Sent(i, input, 0);
            chain = i % 5 == 0 ? chain : input.ChainAfter(chain);
        }

        verifier.OnReceived(60, uint.MaxValue, depth: 32);
        verifier.OnAck(160, 160, 48, chain);
        verifier.Flush();
        Assert.Equal((0, 0, 60, 0), (verifier.Counts.Lost, verifier.Counts.ChainMismatches, verifier.Counts.Unverified, verifier.Counts.InFlight));
    }

    [Fact]
    public void Verifier_follows_a_chain_that_starts_over()
    {
        var verifier = new InputVerifier();
        var chain = 0u;
        for (var i = 1u; i <= 20; i++)
        {
            var input = new ShipInput { TargetTick = 100 + i };
            verifier.Sent(i, input, 0);
            verifier.OnReceived(i, ulong.MaxValue);
            chain = input.ChainAfter(i == 11 ? 0 : chain);
            if (i == 11)
                verifier.OnJoined();
            verifier.OnAck(100 + i, 100 + i, i < 11 ? i : i - 10, chain);
        }

        Assert.Equal(20, verifier.Counts.Acked);
        Assert.Equal(0, verifier.Counts.ChainMismatches);
    }

    [Fact]
    public void Verifier_says_nothing_of_inputs_that_met_no_ship_and_still_finds_a_loss_after_them()
    {
        const uint Died = 20, Respawned = 200, Lost = 203;
        var verifier = new InputVerifier();
        uint chain = 0, count = 0;
        for (var i = 1u; i <= 220; i++)
        {
            var input = new ShipInput { TargetTick = 100 + i };
            verifier.Sent(i, input, 0);
            if (i == Respawned)
                verifier.OnJoined();
            if (i is > Died and <= Respawned)
                continue;
            if (i == Respawned + 1)
                (chain, count) = (0, 0);
            if (i != Lost)
                (chain, count) = (input.ChainAfter(chain), count + 1);
            verifier.OnReceived(i, ulong.MaxValue);
            verifier.OnAck(100 + i, 100 + i, count, chain);
        }

        verifier.Flush();
        var counts = verifier.Counts;
        Assert.Equal((Died + 20 - 1, 1, Respawned - Died, 0), (counts.Acked, counts.Lost, counts.Unverified, counts.Unreceived));
        Assert.Equal((0, 0), (counts.ChainMismatches, counts.InFlight));
    }

    [Fact]
    public void View_keeps_the_newest_value_and_never_revives_a_despawned_entity()
    {
        var view = new ClientView();
        view.EnterEpoch(1);
        var id = new NetworkId(5);
        Assert.True(view.Update(id, ComponentKinds.CargoHold, 10, [0x92, 1, 9]));
        Assert.True(view.Update(id, ComponentKinds.CargoHold, 9, [0x92, 2, 9]));
        Assert.True(view.TryGet<CargoHold>(id, ComponentKinds.CargoHold, out var hold, out var tick));
        Assert.Equal((1, 10ul), (hold.OreCount, tick));

        view.Despawn(id);
        Assert.False(view.Update(id, ComponentKinds.CargoHold, 11, [0x92, 3, 9]));
        Assert.Equal(0, view.Count);
        view.EnterEpoch(2);
        Assert.True(view.Update(id, ComponentKinds.CargoHold, 11, [0x92, 3, 9]));
        Assert.Equal(1, view.Count);
    }

    [Fact]
    public void View_is_bounded()
    {
        var view = new ClientView();
        for (var id = 1ul; id <= ClientView.MaxEntities + 100; id++)
            view.Update(new NetworkId(id), ComponentKinds.CargoHold, 1, [0x92, 1, 9]);
        Assert.Equal(ClientView.MaxEntities, view.Count);
        Assert.Equal(100, view.Refused);
    }
}
