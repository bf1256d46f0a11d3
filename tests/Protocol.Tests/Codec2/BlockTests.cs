// Blocks come back as they were, whatever was lost, and refuse what is no block.
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Codec2;
using CsCheck;

namespace Aetheris.Protocol.Tests.Codec2;

public sealed class BlockTests
{
    [Fact]
    public void Any_sequence_of_lost_and_received_blocks_against_any_bases_ends_in_the_same_state() =>
        Gen.Select(Gen.Int, Gen.Double.Unit).Sample((seed, loss) => Play(seed, loss * 0.9), iter: 60);

    [Fact]
    public void An_absolute_block_needs_nothing_before_it() => Gen.Int.Sample(
        seed =>
        {
            var room = new RandomRoom(seed);
            var now = new CellSnapshot();
            room.Fill(now);
            var bytes = new ByteWriter();
            var check = new BlockEncoder().Encode(RandomRoom.Schema, now, null, null, room, bytes);
            if (bytes.Length > Codec2Limits.MaxBlock)
                return;
            var into = new CellSnapshot();
            var slow = new DecodedSlow();
            Assert.True(new BlockDecoder().TryDecode(RandomRoom.Schema, bytes.Written, null, null, room.Tick, into, slow, out var got));
            Assert.Equal(check, got);
            Assert.True(into.SameAs(now));
            var received = new ReceivedRoom();
            received.Apply(slow);
            received.AssertEqual(room, now);
        },
        iter: 100);

    [Fact]
    public void A_cell_at_rest_costs_a_few_bytes()
    {
        var room = new RandomRoom(1);
        CellSnapshot b = new(), now = new();
        for (ushort slot = 0; slot < 64; slot++)
        {
            b.TryAdd(slot, 0, 1, new QuantizedMotion { X = slot });
            now.TryAdd(slot, 0, 1, new QuantizedMotion { X = slot });
        }

        b.Tick = 5;
        now.Tick = 9;
        var bytes = new ByteWriter();
        new BlockEncoder().Encode(RandomRoom.Schema, now, b, null, new QuietState(), bytes);
        Assert.InRange(bytes.Length, 0, 2);
    }

    [Fact]
    public void Random_bytes_never_throw() => Gen.Select(Gen.Byte.Array[0, 1200], Gen.Int, Gen.Bool).Sample(
        (bytes, seed, absolute) =>
        {
            var room = new RandomRoom(seed & 7);
            CellSnapshot b = new(), into = new();
            room.Fill(b);
            var slow = new DecodedSlow();
            var decoded = new BlockDecoder().TryDecode(
                RandomRoom.Schema, bytes, absolute ? null : b, null, b.Tick + 1 + (ulong)(seed & 63), into, slow, out _);
            Assert.True(decoded || slow.Count == 0);
            Assert.InRange(into.Count, 0, Codec2Limits.MaxMembers);
        },
        iter: 2000);

    [Fact]
    public void Bases_that_are_too_old_or_out_of_order_are_refused()
    {
        var decoder = new BlockDecoder();
        CellSnapshot b = new() { Tick = 100 }, b2 = new() { Tick = 98 };
        var empty = new ByteWriter();
        new BlockEncoder().Encode(RandomRoom.Schema, new CellSnapshot { Tick = 163 }, b, b2, new QuietState(), empty);
        bool Try(ulong tick, CellSnapshot? first, CellSnapshot? second) =>
            decoder.TryDecode(RandomRoom.Schema, empty.Written, first, second, tick, new CellSnapshot(), new DecodedSlow(), out _);
        Assert.True(Try(163, b, b2));
        Assert.False(Try(164, b, b2));
        Assert.False(Try(100, b, b2));
        Assert.False(Try(99, b, b2));
        Assert.False(Try(101, b2, b));
        Assert.Throws<ArgumentException>(() =>
            new BlockEncoder().Encode(RandomRoom.Schema, new CellSnapshot { Tick = 164 }, b, null, new QuietState(), new ByteWriter()));
    }

    [Fact]
    public void A_changed_byte_is_noticed()
    {
        // The check has 16 bits, so one of 65,536 changes may pass: the seed is fixed.
        var random = new Random(42);
        var passed = 0;
        var changed = 0;
        for (var i = 0; i < 40; i++)
        {
            var room = new RandomRoom(i);
            CellSnapshot b = new(), now = new(), into = new();
            room.Fill(b);
            for (var tick = 0; tick < 4; tick++)
                room.Next();
            room.Fill(now);
            var bytes = new ByteWriter();
            var check = new BlockEncoder().Encode(RandomRoom.Schema, now, b, null, room, bytes);
            for (var j = 0; j < 100; j++)
            {
                var copy = bytes.Written.ToArray();
                copy[random.Next(copy.Length)] ^= (byte)random.Next(1, 256);
                var cut = copy.AsSpan(0, random.Next(4) == 0 ? random.Next(copy.Length) : copy.Length);
                changed++;
                if (new BlockDecoder().TryDecode(RandomRoom.Schema, cut, b, null, now.Tick, into, new DecodedSlow(), out var got) && got == check && !into.SameAs(now))
                    passed++;
            }
        }

        Assert.Equal(4000, changed);
        Assert.InRange(passed, 0, 1);
    }

    [Fact]
    public void A_base_that_differs_in_one_step_is_noticed()
    {
        var room = new RandomRoom(3);
        CellSnapshot b = new(), wrong = new(), now = new(), into = new();
        room.Fill(b);
        for (var i = 0; i < b.Count; i++)
        {
            var motion = b.Motions[i];
            motion.X += i == 7 ? 1 : 0;
            wrong.TryAdd(b.Slots[i], b.Generations[i], b.Types[i], motion);
        }

        wrong.Tick = b.Tick;
        room.Next();
        room.Fill(now);
        var bytes = new ByteWriter();
        var check = new BlockEncoder().Encode(RandomRoom.Schema, now, b, null, room, bytes);
        var decoded = new BlockDecoder().TryDecode(RandomRoom.Schema, bytes.Written, wrong, null, now.Tick, into, new DecodedSlow(), out var got);
        Assert.True(!decoded || got != check);
    }

    [Fact]
    public void Encoding_and_decoding_allocate_nothing()
    {
        var room = new RandomRoom(5);
        var ring = Enumerable.Range(0, 8).Select(_ => new CellSnapshot()).ToArray();
        foreach (var cell in ring)
        {
            room.Next();
            room.Fill(cell);
        }

        var encoder = new BlockEncoder();
        var decoder = new BlockDecoder();
        var bytes = new ByteWriter();
        var into = new CellSnapshot();
        var slow = new DecodedSlow();
        // The random room allocates; this one does not.
        var quiet = new QuietState(changes: true);
        long allocated = 0;
        for (var i = 0; i < 1100; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            bytes.Clear();
            slow.Clear();
            var check = encoder.Encode(RandomRoom.Schema, ring[7], i % 9 == 0 ? null : ring[3], ring[1], quiet, bytes);
            var decoded = decoder.TryDecode(RandomRoom.Schema, bytes.Written, i % 9 == 0 ? null : ring[3], ring[1], ring[7].Tick, into, slow, out var got);
            if (i >= 100)
                allocated += GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(decoded && got == check);
        }

        Assert.Equal(0, allocated);
    }

    private static void Play(int seed, double loss)
    {
        const int Ring = 64;
        var random = new Random(seed);
        var room = new RandomRoom(seed);
        var sent = Enumerable.Range(0, Ring).Select(_ => new CellSnapshot()).ToArray();
        var held = Enumerable.Range(0, Ring).Select(_ => new CellSnapshot()).ToArray();
        var acked = new List<ulong>();
        var encoder = new BlockEncoder();
        var decoder = new BlockDecoder();
        var received = new ReceivedRoom();
        var slow = new DecodedSlow();
        var bytes = new ByteWriter();
        var arrived = 0;
        for (var i = 0; i < 150; i++)
        {
            room.Next();
            var now = sent[room.Tick % Ring];
            room.Fill(now);
            acked.RemoveAll(tick => room.Tick - tick > 60);
            int? base1 = acked.Count == 0 || random.Next(20) == 0 ? null : random.Next(acked.Count);
            ulong? first = base1 is { } one ? acked[one] : null;
            ulong? second = base1 is > 0 and { } two && random.Next(4) > 0 ? acked[random.Next(two)] : null;
            bytes.Clear();
            CellSnapshot? Of(CellSnapshot[] ring, ulong? tick) => tick is { } known ? ring[known % Ring] : null;
            var check = encoder.Encode(RandomRoom.Schema, now, Of(sent, first), Of(sent, second), room, bytes);
            if (bytes.Length > Codec2Limits.MaxBlock || random.NextDouble() < loss)
                continue;
            var into = held[room.Tick % Ring];
            slow.Clear();
            Assert.True(decoder.TryDecode(RandomRoom.Schema, bytes.Written, Of(held, first), Of(held, second), room.Tick, into, slow, out var got));
            Assert.Equal(check, got);
            Assert.True(into.SameAs(now));
            received.Apply(slow);
            received.AssertEqual(room, now);
            acked.Add(room.Tick);
            arrived++;
        }

        Assert.True(loss > 0.8 || arrived > 10, "nothing was tried");
    }
}
