// Silo and gateway as two processes, with players.
using System.Net;

namespace Aetheris.Cluster.Tests;

public sealed class TwoProcessTests
{
    [Fact]
    public async Task Bots_fly_through_a_gateway_of_its_own_process()
    {
        await using var workplace = new Workplace();
        var (silo, gateway) = await workplace.StartPairAsync();

        var report = await workplace.StartBots(gateway.Http, clients: 10, seconds: 5).FinishAsync();

        report.AssertUndisturbed(10);
        Assert.True(report.TickHz > 58, $"{report}");
        Assert.Equal("silo", silo.Ready["role"]);
        Assert.Equal("gateway", gateway.Ready["role"]);
        Assert.Equal(0, await gateway.StopAsync());
        Assert.Equal(0, await silo.StopAsync());
    }

    [Fact]
    public async Task A_gateway_waits_for_a_silo_that_starts_later()
    {
        await using var workplace = new Workplace();
        int siloPort = FreePort.Tcp(), gatewayPort = FreePort.Tcp(), port = FreePort.Tcp();
        var gateway = workplace.StartGatewayAsync(siloPort, gatewayPort, udpPort: 0, port);
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        await EventuallyAsync(http, "/healthz", HttpStatusCode.OK);
        await EventuallyAsync(http, "/readyz", HttpStatusCode.ServiceUnavailable);
        Assert.False(gateway.IsCompleted);

        await workplace.StartSiloAsync(siloPort, gatewayPort);

        Assert.Equal("gateway", (await gateway).Ready["role"]);
        await EventuallyAsync(http, "/readyz", HttpStatusCode.OK);
        Assert.DoesNotContain("is heard of late", workplace.Processes[0].Output, StringComparison.Ordinal);
    }

    private static async Task EventuallyAsync(HttpClient http, string path, HttpStatusCode expected)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        while (true)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri(path, UriKind.Relative), patience.Token);
                if (answer.StatusCode == expected)
                    return;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            await Task.Delay(50, patience.Token);
        }
    }

    [Fact]
    public async Task Players_find_their_way_into_the_new_room_of_a_silo_that_was_killed_and_started_again()
    {
        await using var workplace = new Workplace();
        int siloPort = FreePort.Tcp(), gatewayPort = FreePort.Tcp();
        var silo = await workplace.StartSiloAsync(siloPort, gatewayPort);
        var gateway = await workplace.StartGatewayAsync(siloPort, gatewayPort, udpPort: 0, httpPort: 0);
        var bots = workplace.StartBots(gateway.Http, clients: 5, seconds: 25);
        await Task.Delay(TimeSpan.FromSeconds(5));
        Assert.False(bots.Process.HasExited, bots.Process.Output);

        await silo.KillAsync();
        await workplace.StartSiloAsync(siloPort, gatewayPort);

        var report = await bots.FinishAsync();
        report.AssertSound(5);
        Assert.True(report["reconnects"] >= 5, $"{report}");
    }

    [Fact]
    public async Task A_killed_gateway_that_starts_again_has_its_players_back_in_their_ships()
    {
        await using var workplace = new Workplace();
        int siloPort = FreePort.Tcp(), gatewayPort = FreePort.Tcp(), udp = FreePort.Udp(), http = FreePort.Tcp();
        await workplace.StartSiloAsync(siloPort, gatewayPort);
        var gateway = await workplace.StartGatewayAsync(siloPort, gatewayPort, udp, http);
        var bots = workplace.StartBots(gateway.Http, clients: 10, seconds: 20);
        await Task.Delay(TimeSpan.FromSeconds(6));
        Assert.False(bots.Process.HasExited, bots.Process.Output);

        await gateway.KillAsync();
        await workplace.StartGatewayAsync(siloPort, gatewayPort, udp, http);

        var report = await bots.FinishAsync();
        report.AssertSound(10);
        Assert.True(report["reconnects"] >= 10, $"{report}");
        Assert.True(report["same_ship"] == report["reconnects"], $"{report}");
    }
}
