// Which gateways a match may name.
using Aetheris.Grains.Directory;
using Aetheris.Grains.Interfaces.Directory;
using Aetheris.Protocol.Identity;
using Microsoft.Extensions.Time.Testing;

namespace Aetheris.Grains.Tests.Directory;

public sealed class GatewayIndexTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void The_least_loaded_living_gateways_come_first_and_draining_ones_not_at_all()
    {
        var index = new GatewayIndex(_time);
        index.Report(Listing(1, connections: 9));
        index.Report(Listing(2, connections: 3));
        index.Report(Listing(3, connections: 1) with { Draining = true });
        Assert.Equal([2UL, 1UL], index.List().Select(listing => listing.Gateway.Value));
        _time.Advance(TimeSpan.FromSeconds(4));
        index.Report(Listing(1, connections: 2));
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal([1UL], index.List().Select(listing => listing.Gateway.Value));
        index.Remove(new GatewayId(1));
        Assert.Empty(index.List());
    }

    [Fact]
    public void A_gateway_that_is_to_drain_is_named_no_more_and_told_so_with_its_reports()
    {
        var index = new GatewayIndex(_time);
        Assert.False(index.Drain(new GatewayId(1)));
        Assert.False(index.Report(Listing(1, connections: 9)));
        Assert.True(index.Drain(new GatewayId(1)));
        Assert.Empty(index.List());
        Assert.True(index.Report(Listing(1, connections: 9)));
        Assert.Empty(index.List());
        Assert.True(Assert.Single(index.ListAll()).Draining);
        index.Remove(new GatewayId(1));
        Assert.False(index.Report(Listing(1, connections: 0)));
    }

    private static GatewayListing Listing(ulong id, int connections) =>
        new(new GatewayId(id), "http://localhost", "localhost", 5000, "ws://localhost", connections, Draining: false);
}
