// Heads of datagrams and blocks come back as they were and refuse what is malformed.
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Codec2;
using CsCheck;

namespace Aetheris.Protocol.Tests.Codec2;

public sealed class DatagramTests
{
    private static readonly Gen<StateDatagram> Head = Gen.Int.Select(seed =>
    {
        var random = new Random(seed);
        var tick = (ulong)random.NextInt64(0, 1L << random.Next(1, 62));
        var head = new StateDatagram
        {
            Stream = (byte)random.Next(256),
            Seq = (ushort)random.Next(65536),
            Tick = tick,
            Check = (ushort)random.Next(65536),
            HasMore = random.Next(2) == 0,
            HasStatus = random.Next(3) > 0,
            ReceivedHistory = uint.MaxValue,
            HasChain = random.Next(2) == 0,
            HasOwnState = random.Next(2) == 0,
        };
        if (head.HasStatus)
        {
            head.AppliedTick = random.Next(3) == 0 ? 0 : tick - Math.Min(tick, (ulong)random.Next(300));
            head.AppliedCount = (uint)random.NextInt64(0, uint.MaxValue);
            head.Margin = (short)random.Next(-32768, 32768);
            head.ReceivedSequence = unchecked(head.AppliedCount + (uint)(random.Next(3) == 0 ? random.Next(-100000, 100000) : random.Next(20)));
            head.ReceivedHistory = random.Next(2) == 0 ? uint.MaxValue : (uint)random.NextInt64(0, uint.MaxValue);
        }

        head.Chain = head.HasChain ? (uint)random.NextInt64(0, uint.MaxValue) : 0;
        if (head.HasOwnState)
        {
            head.X = random.NextSingle() * 250;
            head.Y = -head.X;
            head.VX = random.NextSingle();
            head.VY = random.NextSingle() * -5;
            head.Rotation = random.NextSingle();
        }

        return head;
    });

    [Fact]
    public void A_head_round_trips() => Gen.Select(Head, Gen.UShort.Array[0, 255], Gen.Int[-30000, 30000]).Sample((head, leaves, off) =>
    {
        var writer = new ByteWriter();
        writer.WriteByte(9);
        StateDatagram.Write(writer, head, leaves);
        StateDatagram.PatchCheck(writer, 1, 4711);
        writer.WriteByte(77);
        var reader = new ByteReader(writer.Written[1..]);
        var read = new ushort[Codec2Limits.MaxLeaves];
        var known = off < 0 && (ulong)-off > head.Tick ? head.Tick : unchecked(head.Tick + (ulong)off);
        Assert.True(StateDatagram.TryRead(ref reader, known, unchecked(head.AppliedCount + (uint)off), out var got, read));
        var expected = head;
        expected.Check = 4711;
        expected.LeaveCount = leaves.Length;
        Assert.Equal(expected, got);
        Assert.Equal(leaves, read[..leaves.Length]);
        Assert.Equal(1, reader.Remaining);
    });

    [Fact]
    public void A_cut_head_is_refused() => Gen.Select(Head, Gen.UShort.Array[0, 9], Gen.Double.Unit).Sample((head, leaves, where) =>
    {
        var writer = new ByteWriter();
        StateDatagram.Write(writer, head, leaves);
        var reader = new ByteReader(writer.Written[..(int)(where * writer.Length)]);
        Assert.False(StateDatagram.TryRead(ref reader, head.Tick, 0, out _, new ushort[Codec2Limits.MaxLeaves]));
    });

    [Fact]
    public void Random_bytes_are_answered_without_an_exception() => Gen.Byte.Array[0, 600].Sample(bytes =>
    {
        if (bytes.Length > 1)
            bytes[0] = 2;
        var reader = new ByteReader(bytes);
        if (!StateDatagram.TryRead(ref reader, 5, 5, out _, new ushort[Codec2Limits.MaxLeaves]))
            return;
        while (reader.Remaining > 0 && BlockHead.TryRead(ref reader, out var block))
            Assert.True(reader.TryReadBytes(block.Length, out _));
    });

    [Fact]
    public void A_block_head_round_trips() => Gen.Select(Gen.UShort, Gen.Int[0, 63], Gen.Int[0, 63], Gen.Int[0, 1100]).Sample((cell, age, gap, length) =>
    {
        var head = new BlockHead { Cell = cell, Age = age, Gap = age == 0 ? 0 : gap, Length = length };
        var writer = new ByteWriter();
        head.Write(writer);
        Assert.Equal(head.Size, writer.Length);
        writer.WriteBytes(new byte[length]);
        var reader = new ByteReader(writer.Written);
        Assert.True(BlockHead.TryRead(ref reader, out var got));
        Assert.Equal(head, got);
        Assert.Equal(length, reader.Remaining);
        var cut = new ByteReader(writer.Written[..(head.Size + length - 1)]);
        Assert.False(BlockHead.TryRead(ref cut, out _));
    });

    [Theory]
    [InlineData(0, 100ul, 0ul)]
    [InlineData(65535, 65540ul, 65535ul)]
    [InlineData(3, 65530ul, 65539ul)]
    [InlineData(65530, 3ul, 65530ul)]
    public void A_tick_is_the_one_nearest_to_the_newest(ushort low, ulong known, ulong expected) =>
        Assert.Equal(expected, StateDatagram.Nearest(low, known));
}
