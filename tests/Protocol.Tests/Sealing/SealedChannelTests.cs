// Sealed datagrams: what opens, what does not, and what nothing opens twice.
using System.Security.Cryptography;
using Aetheris.Protocol.Sealing;
using CsCheck;

namespace Aetheris.Protocol.Tests.Sealing;

public sealed class SealedChannelTests : IDisposable
{
    private static readonly byte[] ClientKey = RandomNumberGenerator.GetBytes(SealLimits.KeySize);
    private static readonly byte[] GatewayKey = RandomNumberGenerator.GetBytes(SealLimits.KeySize);
    private static readonly byte[] Shown = RandomNumberGenerator.GetBytes(300);

    private readonly SealedChannel _client = new(ClientKey, GatewayKey);
    private readonly SealedChannel _gateway = new(GatewayKey, ClientKey);

    public void Dispose()
    {
        _client.Dispose();
        _gateway.Dispose();
    }

    [Fact]
    public void Whatever_one_end_seals_the_other_opens_unchanged()
    {
        Gen.Byte.Array[1, 1208].Sample(packet =>
        {
            var datagram = Seal(_client, packet);
            Assert.Equal(packet.Length + 24, datagram.Length);
            Assert.Equal(SealVerdict.Genuine, _gateway.Open(datagram, out var length));
            Assert.Equal(packet, datagram[..length]);
            var back = Seal(_gateway, packet);
            Assert.Equal(SealVerdict.Genuine, _client.Open(back, out length));
            Assert.Equal(packet, back[..length]);
        }, threads: 1);
    }

    [Fact]
    public void A_first_datagram_shows_its_token_and_opens_unchanged()
    {
        byte[] packet = [6, 1, 2, 3];
        var datagram = SealFirst(packet);
        Assert.True(SealedChannel.IsFirst(datagram));
        Assert.True(SealedChannel.TryReadFirst(datagram, out var shown));
        Assert.Equal(Shown, shown.ToArray());
        Assert.Equal(SealVerdict.Genuine, _gateway.OpenFirst(datagram, out var length));
        Assert.Equal(packet, datagram[..length]);
    }

    [Fact]
    public void Any_flipped_bit_of_any_datagram_is_refused_and_spoils_nothing()
    {
        byte[] packet = [.. Enumerable.Range(0, 40).Select(i => (byte)i)];
        var datagram = Seal(_client, packet);
        var first = SealFirst(packet);
        for (var bit = 0; bit < datagram.Length * 8; bit++)
            Assert.NotEqual(SealVerdict.Genuine, _gateway.Open(Flipped(datagram, bit), out _));
        for (var bit = 0; bit < first.Length * 8; bit++)
            Assert.NotEqual(SealVerdict.Genuine, _gateway.OpenFirst(Flipped(first, bit), out _));
        Assert.Equal(SealVerdict.Genuine, _gateway.Open(datagram, out _));
        Assert.Equal(SealVerdict.Genuine, _gateway.OpenFirst(first, out _));
    }

    [Fact]
    public void A_refused_datagram_is_left_as_it_was()
    {
        var forged = Flipped(Seal(_client, [1, 2, 3]), 100);
        var before = forged.ToArray();
        Assert.Equal(SealVerdict.Forged, _gateway.Open(forged, out _));
        Assert.Equal(before, forged);
    }

    [Fact]
    public void Each_datagram_opens_once_in_any_order_within_the_window()
    {
        var datagrams = Enumerable.Range(0, SealLimits.ReplayWindow).Select(i => Seal(_client, [(byte)i, 9])).ToArray();
        var order = datagrams.ToArray();
        new Random(5).Shuffle(order);
        foreach (var datagram in order)
            Assert.Equal(SealVerdict.Genuine, _gateway.Open(datagram.ToArray(), out _));
        foreach (var datagram in order)
            Assert.Equal(SealVerdict.Replayed, _gateway.Open(datagram.ToArray(), out _));
    }

    [Fact]
    public void What_comes_too_late_counts_as_replayed()
    {
        var late = Seal(_client, [1]);
        for (var i = 0; i < SealLimits.ReplayWindow; i++)
            Assert.Equal(SealVerdict.Genuine, _gateway.Open(Seal(_client, [2]), out _));
        Assert.Equal(SealVerdict.Replayed, _gateway.Open(late, out _));
    }

    [Fact]
    public void A_first_datagram_is_never_taken_for_another_and_the_other_way_round()
    {
        Assert.Equal(SealVerdict.Malformed, _gateway.Open(SealFirst([6, 6, 6]), out _));
        Assert.Equal(SealVerdict.Malformed, _gateway.OpenFirst(Seal(_client, new byte[600]), out _));
        Assert.False(SealedChannel.IsFirst(Seal(_client, [1])));
    }

    [Fact]
    public void An_end_does_not_open_what_it_sealed_itself()
    {
        Assert.Equal(SealVerdict.Forged, _client.Open(Seal(_client, [1, 2, 3]), out _));
    }

    [Fact]
    public void The_window_answers_as_a_set_of_all_counters_would()
    {
        Gen.Select(Gen.ULong[0, 1UL << 62], Gen.Int[-400, 400].Array[1, 300]).Sample((start, steps) =>
        {
            var window = default(ReplayWindow);
            var seen = new HashSet<ulong>();
            var highest = 0UL;
            var counter = start + 1000;
            foreach (var step in steps)
            {
                counter = (ulong)((long)counter + step);
                var isNew = seen.Count == 0 || counter > highest || (highest - counter < SealLimits.ReplayWindow && !seen.Contains(counter));
                Assert.Equal(isNew, window.IsNew(counter));
                if (!isNew)
                    continue;
                window.Mark(counter);
                seen.Add(counter);
                highest = Math.Max(highest, counter);
            }
        });
    }

    [Fact]
    public void Sealing_and_opening_allocate_nothing()
    {
        var buffer = new byte[1300];
        Pass(buffer);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 200; i++)
            Pass(buffer);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Pass(byte[] datagram)
        {
            var length = _client.Seal(datagram, 700);
            datagram[300] ^= 1;
            _gateway.Open(datagram.AsSpan(0, length), out _);
            datagram[300] ^= 1;
            _gateway.Open(datagram.AsSpan(0, length), out _);
        }
    }

    private static byte[] Flipped(byte[] datagram, int bit)
    {
        var copy = datagram.ToArray();
        copy[bit / 8] ^= (byte)(1 << (bit % 8));
        return copy;
    }

    private static byte[] Seal(SealedChannel channel, byte[] packet)
    {
        var buffer = new byte[packet.Length + SealLimits.Overhead];
        packet.CopyTo(buffer, 0);
        Assert.Equal(buffer.Length, channel.Seal(buffer, packet.Length));
        return buffer;
    }

    private byte[] SealFirst(byte[] packet)
    {
        var datagram = new byte[SealedChannel.FirstLength(packet.Length, Shown.Length)];
        _client.SealFirst(packet, Shown, datagram);
        return datagram;
    }
}
