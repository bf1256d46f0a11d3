// Which of two stored snapshots counts.
using Aetheris.Grains.Recovery;
using Aetheris.Grains.Rooms;
using Aetheris.Grains.Storage;
using Aetheris.Grains.Tests.Harness;
using Aetheris.Protocol.Binary;
using Aetheris.World;
using CsCheck;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aetheris.Grains.Tests.Storage;

public sealed class StoredRoomsTests
{
    [Fact]
    public async Task The_newer_snapshot_counts()
    {
        var kept = await PlayAsync();
        var stored = await ReadAsync(kept);
        Assert.Equal((180UL, 180UL, 120UL), (stored!.Newest!.Tick, stored.Marks.First.Tick, stored.Marks.Second.Tick));
        Assert.False(stored.IsClosed);
    }

    [Fact]
    public async Task A_corrupt_snapshot_counts_for_nothing_and_the_other_one_is_taken()
    {
        var kept = await PlayAsync();
        kept.Storage.Corrupt<SnapshotBlob>("snapshot-a", static blob => new SnapshotBlob { Bytes = Flip(blob.Bytes, blob.Bytes.Length / 2) });
        var stored = await ReadAsync(kept);
        Assert.Equal((120UL, 0UL, 120UL), (stored!.Newest!.Tick, stored.Marks.First.Tick, stored.Marks.Second.Tick));
        Assert.NotNull(stored.Marks.First.Tag);
    }

    [Fact]
    public async Task A_snapshot_of_a_newer_format_counts_for_nothing()
    {
        var kept = await PlayAsync();
        kept.Storage.Corrupt<SnapshotBlob>("snapshot-a", static blob => new SnapshotBlob { Bytes = WithFormat(blob.Bytes, 9) });
        Assert.False(RoomSnapshot.TryRead(kept.Storage.Get<SnapshotBlob>("snapshot-a")!.Bytes, out _, out var reason));
        Assert.Equal("format 9 instead of 1", reason);
        Assert.Equal(120UL, (await ReadAsync(kept))!.Newest!.Tick);
    }

    [Fact]
    public async Task A_snapshot_that_a_later_epoch_has_undone_is_not_taken()
    {
        var kept = await PlayAsync();
        kept.Storage.Overwrite<RoomRecord>("record", static _ =>
        {
            var later = new RoomRecord { Epoch = 4, Template = "default" };
            later.WriteStarts([new EpochStart(3, 0), new EpochStart(4, 150)]);
            return later;
        });
        Assert.Equal(120UL, (await ReadAsync(kept))!.Newest!.Tick);
    }

    [Fact]
    public async Task Rules_that_lay_out_a_room_alike_read_it_and_say_that_they_are_others()
    {
        var kept = await PlayAsync();
        var builder = new WorldBuilder();
        StandardRules.AddTo(builder);
        builder.AddCommand(ThrowingRule.Kind, new ThrowingRule());
        var other = builder.Build();
        var stored = await ReadAsync(kept, other);
        Assert.Equal(180UL, stored!.Newest!.Tick);
        Assert.True(stored.HasOtherRules(other));
    }

    [Fact]
    public async Task A_room_that_storage_does_not_know_is_none()
    {
        var kept = await PlayAsync();
        kept.Storage.Clear();
        Assert.Null(await ReadAsync(kept));
    }

    [Fact]
    public async Task Mutated_snapshots_never_throw()
    {
        var bytes = (await PlayAsync()).Storage.Get<SnapshotBlob>("snapshot-a")!.Bytes;
        Gen.Int[0, bytes.Length - 5].Select(Gen.Byte[1, 255]).Array[1, 4].Sample(
            changes =>
            {
                var mutated = (byte[])bytes.Clone();
                foreach (var (position, difference) in changes)
                    mutated[position] ^= difference;
                Assert.True(mutated.AsSpan().SequenceEqual(bytes) || !RoomSnapshot.TryRead(mutated, out _, out _));
                if (RoomSnapshot.TryRead(WithChecksum(mutated), out var snapshot, out _))
                    RoomWorld.TryLoad(WorldDefinition.Standard, snapshot.World, out _, out _);
            },
            iter: 2000);
    }

    private static async Task<KeptRoom> PlayAsync()
    {
        var kept = await KeptRoom.OpenAsync();
        await kept.TickAsync(185);
        return kept;
    }

    private static Task<StoredRoom?> ReadAsync(KeptRoom kept, WorldDefinition? definition = null) => new StoredRooms(
        new RoomStore(kept.Storage, kept.Time, "arena"), definition ?? WorldDefinition.Standard, Make.Metrics, NullLogger.Instance, "arena").ReadAsync();

    private static byte[] Flip(byte[] bytes, int position)
    {
        var flipped = (byte[])bytes.Clone();
        flipped[position] ^= 0x40;
        return flipped;
    }

    private static byte[] WithFormat(byte[] bytes, byte format)
    {
        var changed = (byte[])bytes.Clone();
        changed[4] = format;
        return WithChecksum(changed);
    }

    private static byte[] WithChecksum(byte[] bytes)
    {
        var writer = new ByteWriter();
        writer.WriteBytes(bytes.AsSpan(0, bytes.Length - 4));
        writer.WriteUInt32(Crc32C.Compute(writer.Written));
        return writer.Written.ToArray();
    }
}
