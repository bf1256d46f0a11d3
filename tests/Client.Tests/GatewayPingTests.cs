// Which gateway is nearest.
using System.Net;
using Aetheris.Client.Matching;
using Aetheris.Client.Tests.Fakes;
using Aetheris.Client.Transport;

namespace Aetheris.Client.Tests;

public class GatewayPingTests
{
    [Fact]
    public async Task Nearest_gateway_comes_first_and_a_silent_one_last()
    {
        var clock = new ManualClock();
        using var http = new HttpClient(new Answers(clock, new() { ["a"] = 0, ["b"] = 80_000, ["c"] = 21_000, ["d"] = 22_000 }));
        var ping = new GatewayPing(http, clock);
        var order = await ping.OrderAsync([Gateway("a"), Gateway("b"), Gateway("d"), Gateway("c")], TestContext.Current.CancellationToken);
        Assert.Equal(["http://d", "http://c", "http://b", "http://a"], order.Select(g => g.Http));
    }

    [Fact]
    public async Task Only_gateway_is_not_asked()
    {
        using var http = new HttpClient(new Answers(new ManualClock(), []));
        var order = await new GatewayPing(http, new ManualClock()).OrderAsync([Gateway("x")], TestContext.Current.CancellationToken);
        Assert.Single(order);
    }

    private static GatewayEndpoint Gateway(string name) => new("http://" + name, name, 1, string.Empty);

    /// <summary>Answers after so many microseconds of the clock; 0 = refuses.</summary>
    private sealed class Answers(ManualClock clock, Dictionary<string, long> delays) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var delay = delays[request.RequestUri!.Host];
            if (delay == 0)
                throw new HttpRequestException("refused");
            clock.NowMicros += delay;
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK));
        }
    }
}
