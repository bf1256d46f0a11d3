// Rooms, directory and cluster view in a silo.
using Aetheris.Grains.Interfaces.Directory;
using Aetheris.Grains.Interfaces.Rooms;
using Aetheris.Grains.Tests.Harness;
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Frames;
using Aetheris.Protocol.Identity;
using Aetheris.World.Replica;

namespace Aetheris.Grains.Tests.Cluster;

public sealed class RoomGrainTests(ClusterFixture cluster) : IClassFixture<ClusterFixture>
{
    [Fact]
    public async Task Frames_reach_a_gateway_and_its_commands_reach_the_room()
    {
        var room = await cluster.OpenAsync("arena");
        var inbox = new FrameInbox();
        var gateway = new GatewayId(77);
        var subscription = await room.SubscribeAsync(gateway, cluster.Reference(inbox));
        Assert.Equal(RoomStatus.Active, subscription.Status);
        Assert.Equal(60, subscription.TickRate);

        var sender = new FakeGateway(77);
        sender.Queue(Make.Join(1));
        await EventuallyAsync(async () =>
        {
            await room.SubmitAsync(sender.Batch());
            return (await room.GetListingAsync()).Players == 1;
        });

        // Delivery is unordered; epoch and seq order it, missing frames are asked for.
        await EventuallyAsync(() => Task.FromResult(inbox.Count >= 30));
        var replica = new RoomReplica(ClusterFixture.Definition);
        Assert.True(RoomFrame.TryRead(subscription.Image, out var image));
        Assert.True(replica.TryApply(image));
        var header = image.Header;
        var last = inbox.NewestSeq;
        var frames = await room.GetFramesAsync(header.Epoch, header.Seq + 1, last);
        Assert.Equal((int)(last - header.Seq), frames.Length);
        foreach (var bytes in frames)
        {
            Assert.True(RoomFrame.TryRead(bytes, out var frame));
            Assert.True(replica.TryApply(frame));
        }

        Assert.True(replica.TryGetShip(Make.Player(1), out _));
        var state = await room.GetStateAsync(replica.Header.Tick);
        Assert.NotNull(state);
        Assert.Equal(state.Image, Make.Image(replica));
        GC.KeepAlive(inbox);
    }

    [Fact]
    public async Task Hostile_batches_do_not_disturb_a_room()
    {
        var room = await cluster.OpenAsync("sturdy");
        var random = new Random(3);
        for (var i = 0; i < 200; i++)
        {
            var bytes = new byte[random.Next(200)];
            random.NextBytes(bytes);
            await room.SubmitAsync(bytes);
        }

        var before = (await room.GetListingAsync()).Tick;
        await EventuallyAsync(async () => (await room.GetListingAsync()).Tick > before + 5);
    }

    [Fact]
    public async Task A_room_whose_rules_throw_stops_alone_and_can_be_opened_again()
    {
        var room = await cluster.OpenAsync("unlucky");
        var other = await cluster.OpenAsync("neighbour");
        var first = await room.GetListingAsync();
        await room.SubscribeAsync(new GatewayId(41), cluster.Reference(new FrameInbox()));
        var sender = new FakeGateway(41);
        sender.Queue(Make.Join(ThrowingSystem.Victim));
        await room.SubmitAsync(sender.Batch());
        await EventuallyAsync(async () => (await room.GetListingAsync()).Status == RoomStatus.Creating);
        var before = (await other.GetListingAsync()).Tick;
        await EventuallyAsync(async () => (await other.GetListingAsync()).Tick > before + 5);
        var again = await room.OpenAsync("default");
        Assert.Equal(RoomStatus.Active, again.Status);
        Assert.True(again.Epoch > first.Epoch);
    }

    [Fact]
    public async Task A_room_that_nobody_opened_serves_nothing()
    {
        var room = cluster.Grains.GetGrain<IRoomGrain>("nobody-opened-this");
        var subscription = await room.SubscribeAsync(new GatewayId(1), cluster.Reference(new FrameInbox()));
        Assert.Equal(RoomStatus.Creating, subscription.Status);
        Assert.Empty(subscription.Image);
        Assert.Null(await room.GetStateAsync(null));
        Assert.Empty(await room.GetFramesAsync(1, 1, 2));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => room.OpenAsync("no-such-template"));
        await Assert.ThrowsAnyAsync<InvalidOperationException>(() => cluster.Grains.GetGrain<IRoomGrain>("NO NAME").OpenAsync("default"));
    }

    [Fact]
    public async Task Opening_twice_or_at_once_is_opening_once()
    {
        var room = cluster.Grains.GetGrain<IRoomGrain>("twice");
        var listings = await Task.WhenAll(room.OpenAsync("duel50"), room.OpenAsync("default"), room.OpenAsync("duel50"));
        var later = await room.OpenAsync(listings[0].Template == "duel50" ? "default" : "duel50");

        // Which of the three came first is Orleans' choice (it keeps no order); the room is that one's, for all of them and from then on.
        var expected = listings[0].Template == "duel50" ? ("duel50", 50, listings[0].Epoch) : ("default", 0, listings[0].Epoch);
        Assert.All([.. listings, later], listing => Assert.Equal(expected, (listing.Template, listing.Capacity, listing.Epoch)));
    }

    [Fact]
    public async Task An_idle_room_closes_and_its_next_opening_has_a_higher_epoch()
    {
        var match = await cluster.Directory.MatchAsync(new MatchRequest(null, "brief", Privileged: false, []));
        Assert.Equal("brief-1", match.Room);
        var room = cluster.Grains.GetGrain<IRoomGrain>(match.Room);
        var first = await room.GetListingAsync();
        await EventuallyAsync(async () => (await cluster.Directory.ListAsync()).All(listing => listing.Room != match.Room));
        await EventuallyAsync(async () => (await room.GetListingAsync()).Status == RoomStatus.Creating);
        var again = await room.OpenAsync("brief");
        Assert.Equal(RoomStatus.Active, again.Status);
        Assert.True(again.Epoch > first.Epoch);
    }

    [Fact]
    public async Task The_demo_flies_in_the_playground_from_the_start_and_nowhere_else()
    {
        await EventuallyAsync(async () => (await cluster.Directory.ListAsync())
            .Any(listing => listing.Room == RoomName.Default && listing.Players == 3 && listing.TickCpuP50Us >= 0 && listing.Silo.Length > 0));
        var other = await cluster.OpenAsync("without-pilots");
        var before = (await other.GetListingAsync()).Tick;
        await EventuallyAsync(async () => (await other.GetListingAsync()).Tick > before + 3);
        Assert.Equal(0, (await other.GetListingAsync()).Players);
    }

    [Fact]
    public async Task Operators_see_the_silo_with_its_rooms_and_matches_see_its_gateways()
    {
        await cluster.OpenAsync("counted");
        await EventuallyAsync(async () =>
        {
            var silo = Assert.Single(await cluster.Grains.GetGrain<IClusterGrain>(0).ListSilosAsync());
            return silo.State == "Active" && silo.Rooms >= 1 && silo.Version.Length > 0;
        });
        var gateways = cluster.Grains.GetGrain<IGatewayDirectoryGrain>(0);
        await gateways.ReportAsync(new GatewayListing(new GatewayId(9), "http://localhost", "localhost", 5000, "ws://localhost", 4, Draining: false));
        Assert.Equal(4, Assert.Single(await gateways.ListAsync()).Connections);
        await gateways.RemoveAsync(new GatewayId(9));
        Assert.Empty(await gateways.ListAsync());
    }

    private static Task EventuallyAsync(Func<Task<bool>> condition) => ClusterFixture.EventuallyAsync(condition, condition.Method.Name);
}
