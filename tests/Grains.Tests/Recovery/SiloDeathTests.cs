// A silo that dies under a flying room, with gateways that hold the log.
using Aetheris.Grains.Interfaces.Rooms;
using Aetheris.Grains.Tests.Cluster;
using Aetheris.Grains.Tests.Harness;
using Aetheris.Protocol.Commands;

namespace Aetheris.Grains.Tests.Recovery;

public sealed class SiloDeathTests : IAsyncLifetime
{
    private readonly TwoSilos _silos = new();

    [Fact]
    public async Task A_room_whose_silo_dies_goes_on_from_what_its_gateways_saw()
    {
        var room = await _silos.OpenAsync("phoenix");
        var witness = new Witness(81);
        var reference = _silos.Reference(witness);
        witness.Adopt(await room.SubscribeAsync(witness.Id, reference));
        for (var player = 1; player <= 5; player++)
            witness.Queue(Make.Join(player));
        await FlyAsync(room, witness, 150);
        Assert.True(witness.Newest.DurableTick >= 60, "two snapshots are stored by now");
        var before = witness.Newest;
        var listing = await room.GetListingAsync();

        // Commands that nobody has acknowledged when the silo dies: they are resent as new ones.
        witness.Queue(Make.Join(6));
        await _silos.Cluster.KillSiloAsync(_silos.Cluster.Silos.Single(silo => silo.Name == listing.Silo), TestContext.Current.CancellationToken);
        witness.Advance();
        var seen = witness.Newest;
        RoomSubscription? answer = null;
        await ClusterFixture.EventuallyAsync(
            async () =>
            {
                try
                {
                    answer = await room.RecoverAsync(witness.Id, reference, witness.Offer()).WaitAsync(TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken);
                    return answer.Status == RoomStatus.Active;
                }
                catch (Exception exception) when (exception is not Xunit.Sdk.XunitException)
                {
                    return false;
                }
            },
            "the room answers again");

        Assert.True(answer!.Continues);
        var joined = witness.Events.Count(e => e.Kind == Protocol.Events.RoomEventKind.Joined);
        witness.Adopt(answer);
        Assert.True(witness.Newest.Epoch > before.Epoch);
        Assert.Equal((0UL, seen.Tick), (witness.Newest.Seq, witness.Newest.Tick));
        Assert.Equal(joined, witness.Events.Count(e => e.Kind == Protocol.Events.RoomEventKind.Joined));

        await FlyAsync(room, witness, 130);
        var state = await room.GetStateAsync(witness.Newest.Tick);
        Assert.Equal(witness.ShadowHashes[witness.Newest.Tick], state!.StateHash);
        Assert.All(witness.Hashes, hash => Assert.Equal(witness.ShadowHashes[hash.Key], hash.Value));
        Assert.Contains(witness.Hashes.Keys, tick => tick > seen.Tick);
        Assert.Equal(0, witness.Stale);
        var own = witness.Applied.Where(command => command.Gateway == witness.Id).Select(command => command.Sequence).ToArray();
        Assert.Equal(Enumerable.Range(1, own.Length).Select(sequence => (ulong)sequence), own);
        Assert.Equal(6, (await room.GetListingAsync()).Players);
        GC.KeepAlive(witness);
    }

    public async ValueTask InitializeAsync() => await _silos.InitializeAsync();

    public async ValueTask DisposeAsync() => await _silos.DisposeAsync();

    private static async Task FlyAsync(IRoomGrain room, Witness witness, int ticks)
    {
        var until = witness.Newest.Tick + (ulong)ticks;
        await ClusterFixture.EventuallyAsync(
            async () =>
            {
                witness.Advance();
                for (var player = 1; player <= 5; player++)
                    witness.Queue(Make.Input(player, witness.Newest.Tick + 3, MathF.Sin(witness.Newest.Tick * 0.01f * player), 0.5f));
                await room.SubmitAsync(witness.Batch());
                return witness.Newest.Tick >= until;
            },
            "frames go on");
    }
}
