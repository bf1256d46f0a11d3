// The range coder gives back what went in.
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Codec2;
using CsCheck;

namespace Aetheris.Protocol.Tests.Codec2;

public sealed class NumberTests
{
    [Fact]
    public void Numbers_of_every_size_come_back() => Gen.Select(Gen.Int[-524287, 524287].Array[0, 60], Gen.ULong.Array[0, 9], Gen.Int[0, 63]).Sample((signed, unsigned, shift) =>
    {
        var contexts = Fresh();
        var encoder = new RangeEncoder(contexts);
        encoder.Start();
        foreach (var value in signed)
            Numbers.Signed(ref encoder, 0, 20, (value >> 3) & 1, value);
        foreach (var value in unsigned)
            Numbers.Unsigned(ref encoder, 100, 64, value >> shift);
        var writer = new ByteWriter();
        encoder.Finish(writer);

        var decoder = new RangeDecoder(Fresh());
        decoder.Start(writer.Written);
        foreach (var value in signed)
            Assert.Equal(value, Numbers.Signed(ref decoder, 0, 20, (value >> 3) & 1, 0));
        foreach (var value in unsigned)
            Assert.Equal(value >> shift, Numbers.Unsigned(ref decoder, 100, 64, 0));
        Assert.False(decoder.IsOverrun);
    });

    [Fact]
    public void Bits_of_extreme_probability_come_back() => Gen.Int.Sample(seed =>
    {
        var random = new Random(seed);
        var bits = Enumerable.Range(0, 3000).Select(_ => random.Next(40) == 0 ? 1 : 0).ToArray();
        var contexts = Fresh();
        var encoder = new RangeEncoder(contexts);
        encoder.Start();
        foreach (var bit in bits)
            encoder.Bit(0, bit);
        var writer = new ByteWriter();
        encoder.Finish(writer);
        Assert.InRange(writer.Length, 0, 200);
        var decoder = new RangeDecoder(Fresh());
        decoder.Start(writer.Written);
        foreach (var bit in bits)
            Assert.Equal(bit, decoder.Bit(0, 0));
    });

    [Fact]
    public void Zigzag_goes_there_and_back() => Gen.Long.Sample(value => Assert.Equal(value, Numbers.Unzigzag(Numbers.Zigzag(value))));

    private static ushort[] Fresh()
    {
        var contexts = new ushort[300];
        Array.Fill(contexts, (ushort)32768);
        return contexts;
    }
}
