// Simulating a log again, and what becomes of a log that leads elsewhere.
using Aetheris.Grains.Recovery;
using Aetheris.Grains.Rooms;
using Aetheris.Grains.Tests.Harness;
using Aetheris.Protocol.Events;
using Aetheris.Protocol.Frames;
using Aetheris.World;

namespace Aetheris.Grains.Tests.Recovery;

public sealed class ResimulationTests
{
    [Fact]
    public async Task The_same_log_gives_the_same_ticks_hashes_and_events()
    {
        var (entries, hash) = await PlayAsync();
        var run = Resimulation.Run(Make.World(), () => throw new InvalidOperationException(), 3, entries);
        Assert.Equal((185UL, 185, 12, null), (run.World.Tick, run.Ticks, run.HashesEqual, run.MismatchAt));
        Assert.Equal(hash, run.World.StateHash());
        Assert.Contains(run.Events, e => e.Kind == RoomEventKind.Joined && e.To == Make.Player(7));
        Assert.Empty(run.Starts);
    }

    [Fact]
    public async Task A_hash_that_does_not_come_out_ends_the_log_before_its_tick()
    {
        var (entries, _) = await PlayAsync();
        entries[119] = entries[119] with { StateHash = entries[119].StateHash + 1 };
        var run = Resimulation.Run(Make.World(), () => Make.World(), 3, entries);
        Assert.Equal((119UL, 119, 7, 120UL), (run.World.Tick, run.Ticks, run.HashesEqual, run.MismatchAt));
    }

    [Fact]
    public async Task Commands_that_cannot_be_read_end_the_log_before_their_tick()
    {
        var (entries, _) = await PlayAsync();
        entries[50] = entries[50] with { Commands = new byte[] { 9, 0, 1 } };
        var run = Resimulation.Run(Make.World(), () => Make.World(), 3, entries);
        Assert.Equal((50UL, 51UL), (run.World.Tick, run.MismatchAt));
    }

    [Fact]
    public async Task Epochs_that_begin_within_the_log_are_part_of_the_lineage()
    {
        var (entries, _) = await PlayAsync();
        for (var i = 100; i < entries.Count; i++)
            entries[i] = entries[i] with { Epoch = 5 };
        var run = Resimulation.Run(Make.World(), () => Make.World(), 3, entries);
        Assert.Equal([new EpochStart(5, 100)], run.Starts);
        var lineage = new RoomLineage(RoomLineage.Merge([new EpochStart(3, 0)], run.Starts), new EpochStart(7, 150));
        Assert.True(lineage.Contains(3, 100));
        Assert.False(lineage.Contains(3, 101));
        Assert.True(lineage.Contains(5, 150));
        Assert.False(lineage.Contains(5, 151));
        Assert.True(lineage.Contains(7, 150));
        Assert.False(lineage.Contains(4, 50));
    }

    private static async Task<(List<HistoryEntry> Entries, ulong Hash)> PlayAsync()
    {
        var kept = await KeptRoom.OpenAsync();
        kept.Gateway.Queue(Make.Join(7));
        kept.Room.Submit(kept.Gateway.Batch());
        await kept.TickAsync(185);
        var entries = new List<HistoryEntry>();
        foreach (var bytes in kept.Gateway.Frames.Skip(1))
        {
            Assert.True(RoomFrame.TryRead(bytes, out var frame));
            entries.Add(new HistoryEntry(frame.Header.Epoch, frame.Header.Tick, frame.Header.StateHash, frame.Commands.ToArray()));
        }

        return (entries, kept.Room.GetState(null)!.StateHash);
    }
}
