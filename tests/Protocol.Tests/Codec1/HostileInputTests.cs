// Random and mutated bytes into every decoder: never an exception, never much memory.
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Codec1.Events;
using Aetheris.Protocol.Codec1.Fragmentation;
using Aetheris.Protocol.Json;
using CsCheck;

namespace Aetheris.Protocol.Tests.Codec1;

public sealed class HostileInputTests
{
    // Bytes that steer a decoder: heads of every type, extreme lengths.
    private static readonly byte[] Heads =
        [0x80, 0x81, 0x82, 0x90, 0x91, 0x94, 0xa0, 0xc0, 0xc1, 0xc2, 0xc4, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcf, 0xd0, 0xd3, 0xd4, 0xdb, 0xdd, 0xdf, 0xff];

    private static readonly Gen<byte> Marker = Gen.OneOf(Gen.Byte, Gen.Int[0, Heads.Length - 1].Select(i => Heads[i]));

    private static readonly Gen<byte[]> Mutated =
        from sample in Gen.Int[0, Kinds.Samples.Length - 1]
        from edits in Gen.Select(Gen.Double.Unit, Marker, Gen.Int[0, 3]).Array[1, 6]
        from cut in Gen.Double.Unit
        select Mutate(Kinds.Samples[sample].Bytes, edits, cut);

    [Fact]
    public void Random_bytes_never_throw() => Marker.Array[0, 200].Sample(DecodeAsEverything);

    [Fact]
    public void Mutated_messages_never_throw() => Mutated.Sample(DecodeAsEverything, iter: 3000);

    [Fact]
    public void What_is_accepted_reads_back_as_itself_from_its_canonical_form()
    {
        Mutated.Sample(
            bytes =>
            {
                foreach (var kind in Kinds.All)
                {
                    var first = new ByteWriter();
                    if (!WireValueKinds.TryCanonicalize(kind, bytes, first))
                        continue;
                    var second = new ByteWriter();
                    Assert.True(WireValueKinds.TryCanonicalize(kind, first.Written, second), kind);
                    Assert.True(first.Written.SequenceEqual(second.Written), kind);
                }
            },
            iter: 3000);
    }

    [Theory]
    [InlineData("dfffffffff")]
    [InlineData("ddffffffff")]
    [InlineData("81b05265706c69636174696f6e4261746368ddffffffff940101c40001")]
    [InlineData("81a8467261676d656e7494010001ddffffffff010203")]
    [InlineData("81a8467261676d656e7494010001c6ffffffff00")]
    [InlineData("81a44175746891dbffffffff6162")]
    [InlineData("81a947616d654576656e7481ae53797374656d4d616e696665737491dfffffffffa16101")]
    [InlineData("81a450696e6781a27a7ac9ffffffff00")]
    public void Declared_lengths_allocate_nothing(string hex)
    {
        var bytes = Convert.FromHexString(hex);
        WireEvent.TryRead(bytes, out _);
        FramedUpdate.TryRead(bytes, out _);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var accepted = WireEvent.TryRead(bytes, out _) || FramedUpdate.TryRead(bytes, out _);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.False(accepted);
    }

    [Fact]
    public void Decoding_events_allocates_no_more_than_the_message_is_long()
    {
        Mutated.Sample(
            bytes =>
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                WireEvent.TryRead(bytes, out _);
                FramedUpdate.TryRead(bytes, out _);
                var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
                Assert.True(allocated <= (2 * bytes.Length) + 64, $"{allocated} bytes for a message of {bytes.Length}");
            },
            iter: 2000,
            threads: 1);
    }

    [Fact]
    public void A_reassembler_survives_any_fragments_within_its_bounds()
    {
        var fragment = Gen.Select(Gen.UInt[0, 20], Gen.UShort[0, 5], Gen.UShort[0, 5], Gen.Int[0, 100_000], Gen.ULong[0, 3]);
        fragment.Array[0, 200].Sample(
            fragments =>
            {
                var reassembler = new Reassembler(300);
                var message = new ByteWriter();
                var payload = new byte[100_000];
                foreach (var (id, index, total, length, client) in fragments)
                {
                    message.Clear();
                    var value = new FragmentedEvent { MessageId = id, FragmentIndex = index, TotalFragments = total, Payload = payload.AsSpan(0, length) };
                    reassembler.Add(client, in value, 1, message);
                    Assert.InRange(reassembler.BytesOf(client), 0, Reassembler.MaxBytes);
                }

                Assert.InRange(reassembler.ClientCount, 0, 4);
            },
            iter: 100);
    }

    private static void DecodeAsEverything(byte[] bytes)
    {
        var into = new ByteWriter();
        foreach (var kind in Kinds.All)
        {
            into.Clear();
            WireValueKinds.TryCanonicalize(kind, bytes, into);
        }
    }

    private static byte[] Mutate(byte[] sample, (double Where, byte Value, int How)[] edits, double cut)
    {
        var bytes = new List<byte>(sample);
        foreach (var (where, value, how) in edits)
        {
            var position = (int)(where * bytes.Count);
            if (how == 0 || position >= bytes.Count)
                bytes.Insert(position, value);
            else if (how == 1)
                bytes.RemoveAt(position);
            else
                bytes[position] = value;
        }

        return cut < 0.2 ? [.. bytes.Take((int)(cut * 5 * bytes.Count))] : [.. bytes];
    }
}
