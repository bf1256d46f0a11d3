// Fragments and their reassembly. Source: WIRE_FORMAT §5.
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Codec1;
using Aetheris.Protocol.Codec1.Events;
using Aetheris.Protocol.Codec1.Fragmentation;
using CsCheck;

namespace Aetheris.Protocol.Tests.Codec1;

public sealed class FragmentationTests
{
    private const ulong Client = 1;

    [Fact]
    public void A_message_survives_fragments_in_any_order_and_repeated()
    {
        Gen.Select(Gen.Int[1, 9000], Gen.Int).Sample((length, seed) =>
        {
            var random = new Random(seed);
            var message = new byte[length];
            random.NextBytes(message);
            Assert.True(Fragmenter.TryCount(length, out var total));
            var id = new Fragmenter().NextMessageId();
            Assert.Equal(1u, id);
            var fragments = new List<byte[]>();
            for (ushort index = 0; index < total; index++)
            {
                var bytes = new ByteWriter();
                Fragmenter.Write(bytes, id, index, total, message);
                Assert.InRange(bytes.Length, 1, 1161);
                fragments.Add(bytes.Written.ToArray());
            }

            var order = fragments.Concat(fragments.Take(total - 1)).ToArray();
            random.Shuffle(order);
            var reassembler = new Reassembler(300);
            var result = new ByteWriter();
            var completed = 0;
            foreach (var bytes in order)
            {
                Assert.True(WireEvent.TryRead(bytes, out var read));
                if (reassembler.Add(Client, in read.Fragment, 1, result) != ReassemblyResult.Completed)
                    continue;
                completed++;
                Assert.Equal(message, result.Written.ToArray());
                break;
            }

            Assert.Equal(1, completed);
        });
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1136, 1)]
    [InlineData(1137, 2)]
    [InlineData(1136 * 1024, 1024)]
    [InlineData((1136 * 1024) + 1, 0)]
    [InlineData(0, 0)]
    public void A_message_has_as_many_fragments_as_it_needs(int length, int expected)
    {
        Assert.Equal(expected > 0, Fragmenter.TryCount(length, out var total));
        Assert.Equal(expected, total);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 1025)]
    [InlineData(2, 2)]
    [InlineData(5, 2)]
    public void Impossible_fragments_are_ignored_and_hold_nothing(int index, int total)
    {
        var reassembler = new Reassembler(300);
        Assert.Equal(ReassemblyResult.Ignored, Add(reassembler, 1, index, total, 10));
        Assert.Equal(0, reassembler.ClientCount);
    }

    [Fact]
    public void A_fragment_that_contradicts_or_repeats_is_ignored()
    {
        var reassembler = new Reassembler(300);
        Assert.Equal(ReassemblyResult.Stored, Add(reassembler, 1, 0, 2, 10));
        Assert.Equal(ReassemblyResult.Ignored, Add(reassembler, 1, 1, 3, 10));
        Assert.Equal(ReassemblyResult.Ignored, Add(reassembler, 1, 0, 2, 20));
        Assert.Equal(ReassemblyResult.Completed, Add(reassembler, 1, 1, 2, 10));
        Assert.Equal(0, reassembler.ClientCount);
    }

    [Fact]
    public void Only_what_is_strictly_older_than_the_timeout_is_pruned()
    {
        var reassembler = new Reassembler(300);
        Add(reassembler, 1, 0, 2, 10, tick: 100);
        reassembler.Prune(400);
        Assert.Equal(1, reassembler.ClientCount);
        reassembler.Prune(401);
        Assert.Equal(0, reassembler.ClientCount);
    }

    [Fact]
    public void A_ninth_open_message_costs_the_oldest()
    {
        var reassembler = new Reassembler(300);
        for (uint id = 1; id <= 9; id++)
            Assert.Equal(ReassemblyResult.Stored, Add(reassembler, id, 0, 2, 10));
        Assert.Equal(ReassemblyResult.Completed, Add(reassembler, 9, 1, 2, 10));
        Assert.Equal(ReassemblyResult.Stored, Add(reassembler, 1, 1, 2, 10));
    }

    [Fact]
    public void A_client_never_holds_more_than_its_bytes_and_does_not_cost_others()
    {
        var reassembler = new Reassembler(300);
        Add(reassembler, 1, 0, 2, 10, client: 2);
        for (var index = 0; index < 1000; index++)
        {
            Add(reassembler, 1, index, 1024, 1136);
            Assert.InRange(reassembler.BytesOf(Client), 0, Reassembler.MaxBytes);
        }

        Assert.Equal(ReassemblyResult.Completed, Add(reassembler, 1, 1, 2, 10, client: 2));
        reassembler.Purge(Client);
        Assert.Equal(0, reassembler.ClientCount);
    }

    [Fact]
    public void Only_what_does_not_fit_a_datagram_is_fragmented()
    {
        Assert.False(Fragmenter.IsNeeded(Codec1Limits.MaxEvent));
        Assert.True(Fragmenter.IsNeeded(Codec1Limits.MaxEvent + 1));
    }

    private static ReassemblyResult Add(Reassembler reassembler, uint id, int index, int total, int length, ulong tick = 1, ulong client = Client)
    {
        var fragment = new FragmentedEvent { MessageId = id, FragmentIndex = (ushort)index, TotalFragments = (ushort)total, Payload = new byte[length] };
        return reassembler.Add(client, in fragment, tick, new ByteWriter());
    }
}
