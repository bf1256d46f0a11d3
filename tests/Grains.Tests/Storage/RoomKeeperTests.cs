// A living room and its storage: alternation, absence, forgetting, and who owns the epoch.
using Aetheris.Grains.Rooms;
using Aetheris.Grains.Storage;
using Aetheris.Grains.Tests.Harness;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Commands;
using Aetheris.World;

namespace Aetheris.Grains.Tests.Storage;

public sealed class RoomKeeperTests
{
    [Fact]
    public async Task Snapshots_alternate_every_sixty_ticks_and_only_the_older_one_is_promised()
    {
        var kept = await KeptRoom.OpenAsync();
        await kept.TickAsync(119);
        Assert.Equal((0UL, 60UL), (kept.Gateway.Headers[^1].DurableTick, kept.Read("snapshot-a").Tick));
        Assert.Null(kept.Storage.Get<SnapshotBlob>("snapshot-b"));
        await kept.TickAsync(2);
        Assert.Equal((60UL, 120UL), (kept.Gateway.Headers[^1].DurableTick, kept.Read("snapshot-b").Tick));
        await kept.TickAsync(60);
        Assert.Equal((120UL, 180UL, 120UL), (kept.Gateway.Headers[^1].DurableTick, kept.Read("snapshot-a").Tick, kept.Read("snapshot-b").Tick));

        var snapshot = kept.Read("snapshot-a");
        Assert.Equal((3u, 180UL, 180UL, "default", false), (snapshot.Epoch, snapshot.Seq, snapshot.Tick, snapshot.Template, snapshot.IsClosed));
        Assert.Equal(kept.Gateway.Id, Assert.Single(snapshot.Subscribers).Gateway);
        Assert.True(RoomWorld.TryLoad(WorldDefinition.Standard, snapshot.World, out var world, out _));
        Assert.Equal(kept.Gateway.Headers.Single(header => header.Tick == 180 && !header.IsImage).StateHash, world.StateHash());
    }

    [Fact]
    public async Task Without_storage_play_goes_on_and_nothing_more_is_promised_until_it_is_back()
    {
        var kept = await KeptRoom.OpenAsync();
        await kept.TickAsync(181);
        kept.Storage.IsAway = true;
        await kept.TickAsync(600);
        Assert.Equal((781UL, 120UL), (kept.Gateway.Headers[^1].Tick, kept.Gateway.Headers[^1].DurableTick));
        Assert.NotNull(kept.Health.FailingSince);
        Assert.Equal(781 - 120, ReadLog(kept).Count);
        kept.Storage.IsAway = false;
        await kept.TickAsync(121);
        Assert.Null(kept.Health.FailingSince);
        Assert.Equal(840UL, kept.Gateway.Headers[^1].DurableTick);
    }

    [Fact]
    public async Task A_storage_that_hangs_never_holds_up_a_tick_and_is_written_to_once_at_a_time()
    {
        var kept = await KeptRoom.OpenAsync();
        var stall = new TaskCompletionSource();
        kept.Storage.Stall = stall.Task;
        var writes = kept.Storage.Writes;
        for (var i = 0; i < 300; i++)
        {
            kept.Room.Submit(kept.Gateway.Batch([]));
            kept.Room.Tick(default);
        }

        Assert.Equal(300UL, kept.Gateway.Headers[^1].Tick);
        kept.Storage.Stall = null;
        stall.SetResult();
        await kept.Keeper.Pending;
        Assert.Equal((writes + 1, 60UL), (kept.Storage.Writes, kept.Read("snapshot-a").Tick));
    }

    [Fact]
    public async Task A_room_that_finds_a_later_epoch_in_storage_is_silent_at_once()
    {
        var kept = await KeptRoom.OpenAsync();
        var overtaken = 0;
        kept.Keeper.Overtaken = () =>
        {
            overtaken++;
            kept.Room.Silence();
        };
        await kept.TickAsync(181);
        kept.Storage.Overwrite<RoomRecord>("record", static record => new RoomRecord { Epoch = 4, Template = record.Template });
        kept.Storage.Overwrite<SnapshotBlob>("snapshot-b", static blob => blob);
        await kept.TickAsync(200);
        Assert.Equal((240UL, 1), (kept.Gateway.Headers[^1].Tick, overtaken));
        Assert.Equal(4u, kept.Storage.Get<RoomRecord>("record")!.Epoch);
    }

    [Fact]
    public async Task A_storage_that_comes_back_empty_is_filled_again_by_the_living_room()
    {
        var kept = await KeptRoom.OpenAsync();
        await kept.TickAsync(181);
        kept.Storage.Clear();
        await kept.TickAsync(60);
        Assert.Equal(3u, kept.Storage.Get<RoomRecord>("record")!.Epoch);
        Assert.Equal([new EpochStart(3, 0)], kept.Storage.Get<RoomRecord>("record")!.ReadStarts());
        Assert.Equal(0UL, kept.Gateway.Headers[^1].DurableTick);
        await kept.TickAsync(60);
        Assert.Equal((240UL, 300UL), (kept.Keeper.DurableTick, Math.Max(kept.Read("snapshot-a").Tick, kept.Read("snapshot-b").Tick)));
    }

    [Fact]
    public async Task An_older_record_is_written_over()
    {
        var kept = await KeptRoom.OpenAsync();
        kept.Storage.Overwrite<RoomRecord>("record", static record => new RoomRecord { Epoch = 2, Template = record.Template });
        kept.Keeper.Ask(TickGate.Patience);
        await kept.Keeper.Pending;
        Assert.Equal(3u, kept.Storage.Get<RoomRecord>("record")!.Epoch);
    }

    [Fact]
    public async Task A_room_that_wakes_up_late_asks_before_it_sends()
    {
        var kept = await KeptRoom.OpenAsync();
        kept.Keeper.Overtaken = kept.Room.Silence;
        await kept.TickAsync(10);
        kept.Time.Advance(TimeSpan.FromMilliseconds(501));
        var stall = new TaskCompletionSource();
        kept.Storage.Stall = stall.Task;
        kept.Room.Tick(default);
        kept.Room.Tick(default);
        Assert.Equal(10UL, kept.Gateway.Headers[^1].Tick);
        kept.Storage.Stall = null;
        stall.SetResult();
        await kept.Keeper.Pending;
        await kept.TickAsync(1);
        Assert.Equal(11UL, kept.Gateway.Headers[^1].Tick);

        kept.Time.Advance(TimeSpan.FromMilliseconds(501));
        kept.Storage.Overwrite<RoomRecord>("record", static record => new RoomRecord { Epoch = 9, Template = record.Template });
        await kept.TickAsync(5);
        Assert.Equal(11UL, kept.Gateway.Headers[^1].Tick);
    }

    [Fact]
    public async Task A_late_room_without_storage_goes_on_after_a_bounded_silence()
    {
        var kept = await KeptRoom.OpenAsync();
        await kept.TickAsync(10);
        kept.Storage.IsAway = true;
        kept.Time.Advance(TimeSpan.FromSeconds(3));
        kept.Room.Tick(default);
        while (kept.Keeper.IsAsking)
        {
            Assert.Equal(10UL, kept.Room.GetListing().Tick);
            kept.Time.Advance(TimeSpan.FromMilliseconds(250));
            kept.Room.Tick(default);
            await Task.Yield();
        }

        Acknowledge(kept);
        kept.Room.Tick(default);
        kept.Room.Tick(default);
        Assert.True(kept.Room.GetListing().Tick > 10);
    }

    [Fact]
    public async Task A_gateway_that_knows_a_later_epoch_makes_the_room_ask()
    {
        var kept = await KeptRoom.OpenAsync();
        kept.Keeper.Overtaken = kept.Room.Silence;
        await kept.TickAsync(10);
        kept.Storage.Overwrite<RoomRecord>("record", static record => new RoomRecord { Epoch = 5, Template = record.Template });
        var batch = new ByteWriter();
        CommandBatch.WriteHead(batch, new CommandBatchHead(kept.Gateway.Id, 5, 1, 1, 0));
        kept.Room.Submit(batch.Written);
        await kept.Keeper.Pending;
        Assert.False(kept.Room.IsServing);
    }

    [Fact]
    public async Task The_last_snapshot_of_a_closed_room_is_in_both_slots()
    {
        var kept = await KeptRoom.OpenAsync();
        await kept.TickAsync(130);
        Assert.True(kept.Room.Freeze(TimeSpan.FromSeconds(1)));
        var bytes = kept.Room.CaptureSnapshot(out var tick);
        Assert.True(await kept.Keeper.FinishAsync(bytes, tick));
        foreach (var slot in new[] { "snapshot-a", "snapshot-b" })
            Assert.Equal((130UL, true), (kept.Read(slot).Tick, kept.Read(slot).IsClosed));
    }

    private static List<Protocol.Frames.HistoryEntry> ReadLog(KeptRoom kept)
    {
        var entries = new List<Protocol.Frames.HistoryEntry>();
        Assert.True(Protocol.Frames.RoomHistory.TryRead(kept.Room.Subscribe(kept.Gateway.Id, kept.Gateway).Log, out _, entries));
        Assert.Equal(kept.Keeper.DurableTick + 1, entries[0].Tick);
        return entries;
    }

    private static void Acknowledge(KeptRoom kept) => kept.Room.Submit(kept.Gateway.Batch([]));
}
