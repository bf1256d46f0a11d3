// Sessions and their rooms in a silo.
using Aetheris.Grains.Interfaces.Sessions;
using Aetheris.Grains.Tests.Harness;
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Identity;
using Aetheris.Protocol.Link;

namespace Aetheris.Grains.Tests.Cluster;

public sealed class SessionGrainTests(ClusterFixture cluster) : IClassFixture<ClusterFixture>
{
    [Fact]
    public async Task A_ship_is_reported_to_the_session_and_a_claim_elsewhere_ends_it()
    {
        var session = Session(31);
        var room = await cluster.OpenAsync("first-room");
        await cluster.OpenAsync("second-room");
        var lease = await session.ClaimAsync(Claim("first-room"));
        Assert.True(lease.Granted);

        var gateway = new FakeGateway(5);
        await room.SubscribeAsync(gateway.Id, cluster.Reference(new FrameInbox()));
        gateway.Queue(Make.Join(31, lease.Connection.Value));
        await room.SubmitAsync(gateway.Batch());
        await EventuallyAsync(async () => (await session.GetInfoAsync()).Ship != NetworkId.None, "the ship is reported");
        Assert.Equal(1, (await room.GetListingAsync()).Players);

        var second = await session.ClaimAsync(Claim("second-room"));
        Assert.True(second.Connection.Value > lease.Connection.Value);
        await EventuallyAsync(async () => (await room.GetListingAsync()).Players == 0, "the old room is left");
        Assert.Equal((byte)CloseReason.Replaced, (await session.CheckAsync(lease.Connection, Claim("first-room"))).Refusal);
        Assert.Equal("second-room", (await session.GetInfoAsync()).Room);
    }

    [Fact]
    public async Task Revoking_expels_at_once_and_refuses_older_tokens()
    {
        var session = Session(32);
        var room = await cluster.OpenAsync("strict-room");
        var lease = await session.ClaimAsync(Claim("strict-room"));
        var gateway = new FakeGateway(6);
        await room.SubscribeAsync(gateway.Id, cluster.Reference(new FrameInbox()));
        gateway.Queue(Make.Join(32, lease.Connection.Value));
        await room.SubmitAsync(gateway.Batch());
        await EventuallyAsync(async () => (await room.GetListingAsync()).Players == 1, "the player is in");

        await session.RevokeAsync();
        await EventuallyAsync(async () => (await room.GetListingAsync()).Players == 0, "the player is out");
        Assert.Equal((byte)CloseReason.Revoked, (await session.CheckAsync(lease.Connection, Claim("first-room"))).Refusal);
        Assert.Equal((byte)CloseReason.Revoked, (await session.ClaimAsync(Claim("strict-room"))).Refusal);
        var info = await session.GetInfoAsync();
        Assert.True(info.Revoked);
        Assert.False(info.Live);
    }

    [Fact]
    public async Task Connection_epochs_survive_the_activation()
    {
        var session = Session(33);
        var before = await session.ClaimAsync(Claim("first-room"));
        await cluster.Grains.GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero, TestContext.Current.CancellationToken);
        var after = await session.ClaimAsync(Claim("first-room"));
        Assert.True(after.Connection.Value > before.Connection.Value);
        await session.ReleaseAsync(before.Connection);
        Assert.True((await session.GetInfoAsync()).Live);
        await session.ReleaseAsync(after.Connection);
        Assert.False((await session.GetInfoAsync()).Live);
    }

    [Fact]
    public async Task A_key_that_is_no_player_gets_no_session()
    {
        var lease = await cluster.Grains.GetGrain<ISessionGrain>("somebody").ClaimAsync(Claim("first-room"));
        Assert.False(lease.Granted);
        Assert.Equal((byte)CloseReason.BadToken, lease.Refusal);
    }

    private static Task EventuallyAsync(Func<Task<bool>> condition, string what) => ClusterFixture.EventuallyAsync(condition, what);

    private static SessionClaim Claim(string room) =>
        new("jti", "Ada", "player", DateTimeOffset.UtcNow.AddMinutes(-1), DateTimeOffset.UtcNow.AddHours(1), new GatewayId(5), room);

    private ISessionGrain Session(int player) => cluster.Grains.GetGrain<ISessionGrain>(Make.Player(player).ToString());
}
