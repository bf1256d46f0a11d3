// Connections from addresses from which nobody may play.
using System.Net;
using Aetheris.Gateway.Connections;
using Aetheris.Gateway.Tests.Fakes;
using Aetheris.Grains.Interfaces.Sessions;
using Aetheris.Protocol.Identity;
using Aetheris.Protocol.Link;

namespace Aetheris.Gateway.Tests;

public sealed class BannedAddressTests
{
    private readonly TestGateway _gateway = new();

    [Fact]
    public void A_ban_ends_the_connections_from_its_address_and_no_others()
    {
        var banned = Join("::ffff:203.0.113.7");
        var other = Join("203.0.113.8");
        Ban("203.0.113.7");
        _gateway.Rounds(1);
        Assert.Equal((ConnectionStage.Closing, CloseReason.Revoked), (banned.Stage, banned.Reason));
        Assert.Equal(ConnectionStage.InRoom, other.Stage);
    }

    [Fact]
    public void Whoever_comes_from_there_is_told_why_until_the_ban_is_over_or_lifted()
    {
        Ban("2001:db8:1:2::/64", _gateway.Time.GetUtcNow().AddMinutes(1));
        var transport = new FakeTransport { Remote = new IPEndPoint(IPAddress.Parse("2001:db8:1:2:3::4"), 1) };
        var refused = _gateway.Connect(transport, _gateway.Token());
        Assert.Equal((ConnectionStage.Closing, CloseReason.Revoked), (refused.Stage, refused.Reason));
        Assert.True(ControlMessage.TryRead(transport.Sent[0].Bytes, out var reject));
        Assert.Contains("floods", reject.Reason, StringComparison.Ordinal);

        _gateway.Time.Advance(TimeSpan.FromMinutes(1));
        Join("2001:db8:1:2:3::4");
        Ban("2001:db8:1:2::/64");
        _gateway.Banned.Use([]);
        Join("2001:db8:1:2:3::4");
    }

    private ConnectionStateMachine Join(string address) =>
        _gateway.Join(new FakeTransport { Remote = new IPEndPoint(IPAddress.Parse(address), 1) });

    private void Ban(string address, DateTimeOffset? until = null) =>
        _gateway.Banned.Use([new AddressBan(address, "floods", new PlayerId(1, 1), _gateway.Time.GetUtcNow(), until)]);
}
