// For how long a recovering room waits for its gateways.
using Aetheris.Grains.Recovery;
using Aetheris.Grains.Tests.Harness;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Frames;
using Aetheris.Protocol.Identity;
using Microsoft.Extensions.Time.Testing;

namespace Aetheris.Grains.Tests.Recovery;

public sealed class HistoryGatheringTests
{
    private static readonly GatewayId[] Two = [new(1), new(2)];

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task It_ends_when_every_known_gateway_has_offered()
    {
        var gathering = new HistoryGathering(_time);
        var waiting = gathering.WaitAsync(Two);
        gathering.Offer(Two[0], History(1));
        Assert.False(waiting.IsCompleted);
        gathering.Offer(Two[1], History(2));
        await EndsAsync(waiting);
        Assert.Equal(2, gathering.Offers.Count);
    }

    [Fact]
    public async Task It_ends_700_ms_after_the_first_offer()
    {
        var gathering = new HistoryGathering(_time);
        var waiting = gathering.WaitAsync(Two);
        gathering.Offer(Two[0], History(1));
        await PassAsync(699);
        Assert.False(waiting.IsCompleted);
        await PassAsync(1);
        await EndsAsync(waiting);
    }

    [Fact]
    public async Task Without_an_offer_it_ends_after_a_second_and_without_known_gateways_at_once()
    {
        await EndsAsync(new HistoryGathering(_time).WaitAsync([]));
        var waiting = new HistoryGathering(_time).WaitAsync(Two);
        await PassAsync(999);
        Assert.False(waiting.IsCompleted);
        await PassAsync(1);
        await EndsAsync(waiting);
    }

    [Fact]
    public void Malformed_or_borrowed_bytes_offer_nothing_but_their_gateway_has_been_heard()
    {
        var gathering = new HistoryGathering(_time);
        gathering.Offer(Two[0], new byte[] { 1, 2, 3 });
        gathering.Offer(Two[1], History(1));
        Assert.Equal(2, gathering.Offers.Count);
        Assert.All(gathering.Offers, offer => Assert.Empty(offer.Entries));
        Assert.Equal(default, HistoryGathering.ReadHead(Two[1], History(1)));
        Assert.Equal(9UL, HistoryGathering.ReadHead(Two[0], History(1)).Tick);
    }

    // The waiting itself runs on a fake clock: real time only bounds a failure.
    private static Task EndsAsync(Task waiting) => waiting.WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);

    private async Task PassAsync(int milliseconds)
    {
        for (var i = 0; i < 20; i++)
            await Task.Yield();
        _time.Advance(TimeSpan.FromMilliseconds(milliseconds));
        for (var i = 0; i < 20; i++)
            await Task.Yield();
    }

    private static byte[] History(ulong gateway)
    {
        var writer = new ByteWriter();
        RoomHistory.Write(writer, new HistoryHead(new GatewayId(gateway), 3, 9, 9), [new HistoryEntry(3, 9, null, new byte[] { 0, 0 })]);
        return writer.Written.ToArray();
    }
}
