// The log that gateways offer to a recovering room: round trip and hostile bytes.
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Frames;
using Aetheris.Protocol.Identity;
using CsCheck;

namespace Aetheris.Protocol.Tests.Frames;

public sealed class RoomHistoryTests
{
    private static readonly Gen<HistoryHead> Head =
        Gen.Select(Gen.ULong, Gen.UInt, Gen.ULong, Gen.ULong, (gateway, epoch, seq, tick) => new HistoryHead(new GatewayId(gateway), epoch, seq, tick));

    private static readonly Gen<List<HistoryEntry>> Entries =
        Gen.Select(Gen.UInt, Gen.ULong[1, 1000], Gen.Bool, Gen.Byte.Array[0, 60]).List[0, 20].Select(parts =>
        {
            var tick = 0ul;
            return parts.ConvertAll(part => new HistoryEntry(part.Item1, tick += part.Item2, part.Item3 ? part.Item2 : null, part.Item4));
        });

    [Fact]
    public void A_history_round_trips() => Gen.Select(Head, Entries).Sample((head, entries) =>
    {
        var read = new List<HistoryEntry>();
        Assert.True(RoomHistory.TryRead(Write(head, entries), out var readHead, read));
        Assert.Equal(head, readHead);
        Assert.Equal(entries.Select(Text), read.Select(Text));
    });

    [Fact]
    public void A_history_with_any_changed_or_missing_byte_is_refused_and_adds_nothing() =>
        Gen.Select(Head, Entries, Gen.Double.Unit, Gen.Byte[1, 255]).Sample((head, entries, where, flip) =>
        {
            var bytes = Write(head, entries);
            var position = (int)(where * bytes.Length);
            var read = new List<HistoryEntry>();
            Assert.False(RoomHistory.TryRead(bytes.AsMemory(0, position), out _, read));
            bytes[position] ^= flip;
            Assert.False(RoomHistory.TryRead(bytes, out _, read));
            Assert.Empty(read);
        });

    [Fact]
    public void Bytes_behind_a_valid_check_never_throw_and_take_no_more_entries_than_they_have_room_for() =>
        Gen.Select(Head, Entries, Gen.Int[0, 400], Gen.Byte.Array[1, 12]).Sample((head, entries, at, junk) =>
        {
            var bytes = Write(head, entries);
            var body = bytes.Length - 4;
            for (var i = 0; i < junk.Length; i++)
                bytes[(at + i) % body] = junk[i];
            BitConverter.TryWriteBytes(bytes.AsSpan(body), Crc32C.Compute(bytes.AsSpan(0, body)));
            var read = new List<HistoryEntry>();
            if (RoomHistory.TryRead(bytes, out _, read))
                Assert.True(read.Count <= bytes.Length / 17 && read.Sum(e => e.Commands.Length) <= bytes.Length);
            else
                Assert.Empty(read);
        });

    [Fact]
    public void Random_bytes_never_throw() =>
        Gen.Byte.Array[0, 300].Sample(bytes =>
        {
            var read = new List<HistoryEntry>();
            Assert.True(RoomHistory.TryRead(bytes, out _, read) || read.Count == 0);
        });

    [Fact]
    public void More_entries_than_two_minutes_have_ticks_are_refused()
    {
        var entries = Enumerable.Range(1, RoomHistory.MaxEntries + 1).Select(i => new HistoryEntry(1, (ulong)i, null, default)).ToList();
        var read = new List<HistoryEntry>();
        Assert.False(RoomHistory.TryRead(Write(default, entries), out _, read));
        Assert.Empty(read);
        entries.RemoveAt(0);
        Assert.True(RoomHistory.TryRead(Write(default, entries), out _, read));
        Assert.Equal(RoomHistory.MaxEntries, read.Count);
    }

    [Fact]
    public void Ticks_that_do_not_rise_are_refused()
    {
        var entries = new List<HistoryEntry> { new(1, 5, null, default), new(2, 5, null, default) };
        Assert.False(RoomHistory.TryRead(Write(default, entries), out _, []));
    }

    private static byte[] Write(in HistoryHead head, List<HistoryEntry> entries)
    {
        var writer = new ByteWriter();
        RoomHistory.Write(writer, head, entries);
        return writer.Written.ToArray();
    }

    private static string Text(HistoryEntry entry) => $"{entry.Epoch} {entry.Tick} {entry.StateHash} {Convert.ToHexString(entry.Commands.Span)}";
}
