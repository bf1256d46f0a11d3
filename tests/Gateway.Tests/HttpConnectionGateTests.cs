// Bounds on TCP connections before anybody has said a word.
using System.Net;
using Aetheris.Gateway.Http;
using Microsoft.Extensions.Options;

namespace Aetheris.Gateway.Tests;

public sealed class HttpConnectionGateTests
{
    private static readonly EndPoint Flooder = new IPEndPoint(IPAddress.Parse("203.0.113.7"), 40_000);
    private static readonly EndPoint Other = new IPEndPoint(IPAddress.Parse("203.0.113.8"), 40_000);
    private static readonly EndPoint Proxy = new IPEndPoint(IPAddress.Parse("::ffff:10.0.0.9"), 40_000);

    [Fact]
    public void An_address_has_its_bound_and_takes_nothing_from_the_others()
    {
        var gate = Create(new GatewayOptions { MaxConnectionsPerAddress = 2 });
        Assert.Equal(8, Enumerable.Range(0, 50).Count(_ => gate.TryEnter(Flooder)));
        Assert.True(gate.TryEnter(Other));
        gate.Leave(Flooder);
        Assert.True(gate.TryEnter(Flooder));
        Assert.False(gate.TryEnter(Flooder));
    }

    [Fact]
    public void All_together_have_a_bound_which_a_trusted_proxy_meets_first()
    {
        var gate = Create(new GatewayOptions { MaxConnections = 10, MaxConnectionsPerAddress = 2, TrustedProxies = "10.0.0.0/8" });
        Assert.Equal(1034, Enumerable.Range(0, 2000).Count(_ => gate.TryEnter(Proxy)));
        Assert.False(gate.TryEnter(Other));
        gate.Leave(Proxy);
        Assert.True(gate.TryEnter(Other));
    }

    private static HttpConnectionGate Create(GatewayOptions options) => new(Options.Create(options));
}
