// One log out of several: property tests over gateways with gaps, epochs and ends of their own.
using System.Buffers.Binary;
using Aetheris.Grains.Recovery;
using Aetheris.Grains.Rooms;
using Aetheris.Protocol.Frames;
using Aetheris.Protocol.Identity;
using CsCheck;

namespace Aetheris.Grains.Tests.Recovery;

public sealed class HistoryUnionTests
{
    [Fact]
    public void The_union_is_gap_free_and_as_long_as_the_gateways_together_allow()
    {
        var union = HistoryUnion.Build(1, 10, [], [Offer(1, 1, 8..14), Offer(2, 1, 13..20), Offer(3, 1, 22..30)]);
        Assert.Equal(Enumerable.Range(11, 9).Select(tick => (ulong)tick), union.Entries.Select(entry => entry.Tick));
        Assert.Equal(0, union.Conflicts);
    }

    [Fact]
    public void A_newer_epoch_wins_and_no_older_one_follows_it()
    {
        var union = HistoryUnion.Build(1, 10, [], [Offer(1, 1, 11..30), Offer(2, 2, 15..20)]);
        Assert.Equal([1u, 1, 1, 1, 2, 2, 2, 2, 2], union.Entries.Select(entry => entry.Epoch));
    }

    [Fact]
    public void What_the_recorded_starts_have_undone_does_not_come_back()
    {
        // Epoch 2 began at tick 14 and only its ticks from 17 on are left: those of epoch 1 between must not fill the gap.
        var union = HistoryUnion.Build(1, 10, [new EpochStart(1, 0), new EpochStart(2, 14)], [Offer(1, 1, 11..30), Offer(2, 2, 17..20)]);
        Assert.Equal([11UL, 12, 13, 14], union.Entries.Select(entry => entry.Tick));
        Assert.All(union.Entries, entry => Assert.Equal(1u, entry.Epoch));
    }

    [Fact]
    public void Of_two_logs_that_contradict_each_other_the_longer_counts_and_it_is_told()
    {
        var shorter = Offer(1, 1, 11..15, salt: 7);
        var longer = Offer(2, 1, 11..20);
        foreach (var offers in new[] { new[] { shorter, longer }, [longer, shorter] })
        {
            var union = HistoryUnion.Build(1, 10, [], offers);
            Assert.Equal(4, union.Conflicts);
            Assert.Equal(longer.Entries.Select(entry => entry.Commands), union.Entries.Select(entry => entry.Commands));
        }
    }

    [Fact]
    public void Whatever_gateways_missed_the_union_is_the_rooms_own_past()
    {
        // A room's true past: epochs that each begin at or before the newest tick of the one before, which undoes what follows.
        var story = Gen.Select(Gen.Int[5, 40].Array[1, 5], Gen.Int[0, 10].Array[5], Gen.Int[0, 1000]);
        var gateways = Gen.Select(Gen.Int[0, 200], Gen.Int[0, 200], Gen.Bool.Array[8]).Array[1, 5];
        Gen.Select(story, gateways, Gen.Int[0, 60]).Sample((past, watchers, baseTick) =>
        {
            var (starts, frames) = Tell(past.Item1, past.Item2);
            var truth = frames.Where(frame => RoomLineage.MayContain(starts, frame.Epoch, frame.Tick) && frame.Tick > StartOf(starts, frame.Epoch)).ToArray();
            var snapshot = truth.LastOrDefault(frame => frame.Tick <= (ulong)baseTick);
            if (snapshot == default)
                return;
            var offers = watchers.Select((watcher, index) => Watch(index, frames, watcher.Item1, watcher.Item2, watcher.Item3)).ToArray();
            var union = HistoryUnion.Build(snapshot.Epoch, snapshot.Tick, starts, offers);

            Assert.Equal(0, union.Conflicts);
            var expected = truth.Where(frame => frame.Tick > snapshot.Tick).Take(union.Entries.Count).ToArray();
            Assert.Equal(expected, union.Entries.Select(entry => (entry.Epoch, entry.Tick)));

            // Nothing is left out that would have continued it.
            var next = truth.FirstOrDefault(frame => frame.Tick == snapshot.Tick + (ulong)union.Entries.Count + 1);
            if (next != default)
                Assert.DoesNotContain(offers, offer => offer.Entries.Any(entry => (entry.Epoch, entry.Tick) == next));
        });
    }

    private static (List<EpochStart> Starts, List<(uint Epoch, ulong Tick)> Frames) Tell(int[] lengths, int[] undone)
    {
        var starts = new List<EpochStart>();
        var frames = new List<(uint, ulong)>();
        var tick = 0UL;
        for (var i = 0; i < lengths.Length; i++)
        {
            tick -= Math.Min(tick, i == 0 ? 0 : (ulong)undone[i - 1]);
            starts.Add(new EpochStart((uint)i + 1, tick));
            for (var step = 0; step < lengths[i]; step++)
                frames.Add(((uint)i + 1, ++tick));
        }

        return (starts, frames);
    }

    private static ulong StartOf(List<EpochStart> starts, uint epoch) => starts.Single(start => start.Epoch == epoch).Tick;

    // A gateway sees a stretch of all frames, without the epochs it missed, and of two epochs' same tick the newer.
    private static OfferedHistory Watch(int gateway, List<(uint Epoch, ulong Tick)> frames, int from, int to, bool[] missed)
    {
        var seen = new SortedDictionary<ulong, HistoryEntry>();
        var head = default(HistoryHead);
        for (var i = Math.Min(from, to); i < Math.Max(from, to) && i < frames.Count; i++)
        {
            var (epoch, tick) = frames[i];
            if (missed[epoch % 8])
                continue;
            seen[tick] = Entry(epoch, tick, 0);
            head = new HistoryHead(new GatewayId((ulong)gateway + 1), epoch, 1, tick);
        }

        return new OfferedHistory(head, [.. seen.Values]);
    }

    private static OfferedHistory Offer(ulong gateway, uint epoch, Range ticks, byte salt = 0)
    {
        var entries = new List<HistoryEntry>();
        for (var tick = ticks.Start.Value; tick < ticks.End.Value; tick++)
            entries.Add(Entry(epoch, (ulong)tick, salt));
        return new OfferedHistory(new HistoryHead(new GatewayId(gateway), epoch, 1, entries[^1].Tick), entries);
    }

    private static HistoryEntry Entry(uint epoch, ulong tick, byte salt)
    {
        var commands = new byte[13];
        BinaryPrimitives.WriteUInt32LittleEndian(commands, epoch);
        BinaryPrimitives.WriteUInt64LittleEndian(commands.AsSpan(4), tick);
        commands[12] = salt;
        return new HistoryEntry(epoch, tick, null, commands);
    }
}
