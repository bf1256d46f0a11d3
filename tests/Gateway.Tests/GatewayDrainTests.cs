// A gateway that drains takes nobody new and sends its players on; a revoked session ends at once.
using Aetheris.Gateway.Connections;
using Aetheris.Gateway.Tests.Fakes;
using Aetheris.Grains.Interfaces.Directory;
using Aetheris.Protocol.Identity;
using Aetheris.Protocol.Link;

namespace Aetheris.Gateway.Tests;

public class GatewayDrainTests
{
    private static readonly GatewayListing[] Others = [Listing(1, "one", 11), Listing(2, "two", 22)];

    private readonly TestGateway _gateway = new();

    [Fact]
    public void Players_are_sent_on_once_in_turn_and_served_until_they_leave()
    {
        var transports = Enumerable.Range(0, 3).Select(_ => new FakeTransport()).ToArray();
        var machines = transports.Select(transport => _gateway.Join(transport)).ToArray();
        _gateway.Set.BeginDrain();
        Array.ForEach(transports, transport => transport.Sent.Clear());

        _gateway.Set.Redirect(Others, most: 2);
        Assert.Equal(2, transports.Sum(transport => Redirects(transport).Count));
        _gateway.Set.Redirect(Others, most: 100);
        _gateway.Set.Redirect(Others, most: 100);
        var told = transports.Select(transport => Assert.Single(Redirects(transport))).ToArray();
        Assert.Equal([(11, "one"), (22, "two"), (11, "one")], told.Select(message => ((int)message.Port, message.Text!)));

        Array.ForEach(transports, transport => transport.Sent.Clear());
        _gateway.Rounds(3);
        Assert.All(machines, machine => Assert.Equal(ConnectionStage.InRoom, machine.Stage));
        Assert.All(transports, transport => Assert.NotEmpty(transport.Sent));
    }

    [Fact]
    public void A_draining_gateway_refuses_newcomers_with_going_away()
    {
        _gateway.Set.BeginDrain();
        Assert.False(_gateway.Set.HasPlace);
        var newcomer = _gateway.Connect(new FakeTransport(), _gateway.Token());
        Assert.Equal((ConnectionStage.Closing, CloseReason.GoingAway), (newcomer.Stage, newcomer.Reason));
    }

    [Fact]
    public void A_revoked_session_ends_its_connections_up_to_the_epoch_and_no_others()
    {
        var player = new PlayerId(1, 2);
        _gateway.NextConnection = 9;
        var machine = _gateway.Join(new FakeTransport(), player: player);
        var stranger = _gateway.Join(new FakeTransport());
        _gateway.Set.Revoke(player, new ConnectionEpoch(8));
        Assert.Equal(ConnectionStage.InRoom, machine.Stage);
        _gateway.Set.Revoke(player, new ConnectionEpoch(9));
        Assert.Equal((ConnectionStage.Closing, CloseReason.Revoked), (machine.Stage, machine.Reason));
        Assert.Equal(ConnectionStage.InRoom, stranger.Stage);
    }

    [Fact]
    public void A_claim_names_the_connect_token_and_a_refresh_what_the_lease_rests_on()
    {
        _gateway.Join(new FakeTransport());
        Assert.NotEqual(string.Empty, _gateway.LastClaim!.ConnectJti);
        Assert.True(_gateway.LastClaim.ConnectExpiresAt > _gateway.Time.GetUtcNow());
        _gateway.Rounds(70);
        Assert.Equal((_gateway.LastClaim.Jti, "r", _gateway.Id), (_gateway.LastCheck!.Jti, _gateway.LastCheck.Room, _gateway.LastCheck.Gateway));
    }

    private static List<ControlMessage> Redirects(FakeTransport transport) =>
        transport.Controls().Where(message => message.Kind == ControlKind.Redirect).ToList();

    private static GatewayListing Listing(ulong id, string host, int port) => new(new GatewayId(id), "http://" + host, host, port, "ws://" + host, 0, Draining: false);
}
