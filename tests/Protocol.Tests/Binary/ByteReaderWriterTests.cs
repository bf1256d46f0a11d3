// What the writer writes, the reader reads; what is cut, it refuses.
using Aetheris.Protocol.Binary;
using CsCheck;

namespace Aetheris.Protocol.Tests.Binary;

public sealed class ByteReaderWriterTests
{
    [Fact]
    public void Every_value_round_trips_and_every_cut_is_refused()
    {
        Gen.Select(Gen.Byte, Gen.UShort, Gen.UInt, Gen.ULong, Gen.Int, Gen.String[Gen.Char['a', 'z'], 0, 20], Gen.Bool).Sample((b, s, i, l, bits, text, flag) =>
        {
            var writer = new ByteWriter(16);
            writer.WriteByte(b);
            writer.WriteUInt16(s);
            writer.WriteUInt32(i);
            writer.WriteUInt64(l);
            writer.WriteInt32(bits);
            writer.WriteSingle(BitConverter.Int32BitsToSingle(bits));
            writer.WriteString(text);
            writer.WriteBoolean(flag);
            for (var length = 0; length < writer.Length; length++)
                Assert.False(TryReadAll(writer.Written[..length], out _));
            Assert.True(TryReadAll(writer.Written, out var read));
            Assert.Equal((b, s, i, l, bits, bits, text, flag), read);
        });
    }

    [Fact]
    public void A_boolean_is_one_or_zero_and_a_text_within_its_bound()
    {
        Assert.False(new ByteReader([2]).TryReadBoolean(out _));
        var writer = new ByteWriter();
        writer.WriteString("abc");
        Assert.False(new ByteReader(writer.Written).TryReadString(2, out _));
        Assert.True(new ByteReader(writer.Written).TryReadString(3, out _));
    }

    [Fact]
    public void Earlier_bytes_can_be_patched_and_later_ones_cut()
    {
        var writer = new ByteWriter();
        writer.WriteUInt32(0);
        writer.WriteUInt16(7);
        writer.PatchUInt16(0, 0x0201);
        writer.PatchUInt32(1, 0x05040302);
        writer.WrittenSpan(5, 1)[0] = 9;
        writer.Truncate(6);
        Assert.Equal([1, 2, 3, 4, 5, 9], writer.Written.ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => writer.Truncate(7));
        Assert.Throws<ArgumentOutOfRangeException>(() => writer.WrittenSpan(5, 2).Length);
    }

    [Fact]
    public void Steady_use_allocates_nothing()
    {
        var writer = new ByteWriter(1024);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < 10; round++)
        {
            writer.Clear();
            for (var i = 0; i < 128; i++)
                writer.WriteUInt64(1);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static bool TryReadAll(ReadOnlySpan<byte> data, out (byte, ushort, uint, ulong, int, int, string, bool) read)
    {
        read = default;
        var reader = new ByteReader(data);
        if (!(reader.TryReadByte(out var b) && reader.TryReadUInt16(out var s) && reader.TryReadUInt32(out var i) && reader.TryReadUInt64(out var l)
            && reader.TryReadInt32(out var bits) && reader.TryReadSingle(out var single) && reader.TryReadString(100, out var text)
            && reader.TryReadBoolean(out var flag) && reader.Remaining == 0))
        {
            return false;
        }

        read = (b, s, i, l, bits, BitConverter.SingleToInt32Bits(single), text, flag);
        return true;
    }
}
