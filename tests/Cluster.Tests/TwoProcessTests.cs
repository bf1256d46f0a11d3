// Silo and gateway as two processes, with players.
using System.Net;
using System.Net.Sockets;

namespace Aetheris.Cluster.Tests;

public sealed class TwoProcessTests
{
    [Fact]
    public async Task Bots_fly_through_a_gateway_of_its_own_process()
    {
        await using var workplace = new Workplace();
        var (silo, gateway) = await StartPairAsync(workplace);

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
        int siloPort = FreePort.Tcp(), gatewayPort = FreePort.Tcp();
        var gateway = workplace.StartGatewayAsync(siloPort, gatewayPort, udpPort: 0, httpPort: 0);

        await workplace.StartSiloAsync(siloPort, gatewayPort);

        Assert.Equal("gateway", (await gateway).Ready["role"]);
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

    [Fact]
    public async Task Garbage_at_the_UDP_port_disturbs_nobody()
    {
        await using var workplace = new Workplace();
        var (_, gateway) = await StartPairAsync(workplace);
        var bots = workplace.StartBots(gateway.Http, clients: 10, seconds: 8);
        await Task.Delay(TimeSpan.FromSeconds(4));
        Assert.False(bots.Process.HasExited, bots.Process.Output);

        await SendGarbageAsync(gateway.UdpPort, datagrams: 50_000);

        (await bots.FinishAsync()).AssertUndisturbed(10);
        Assert.False(gateway.HasExited, gateway.Output);
        Assert.DoesNotContain("Exception", gateway.Output, StringComparison.Ordinal);
        Assert.Equal(0, await gateway.StopAsync());
    }

    private static async Task<(ServerProcess Silo, ServerProcess Gateway)> StartPairAsync(Workplace workplace)
    {
        int siloPort = FreePort.Tcp(), gatewayPort = FreePort.Tcp();
        var silo = await workplace.StartSiloAsync(siloPort, gatewayPort);
        return (silo, await workplace.StartGatewayAsync(siloPort, gatewayPort, udpPort: 0, httpPort: 0));
    }

    // From several endpoints, paced so that the kernel's receive buffer is not what refuses them.
    private static async Task SendGarbageAsync(int port, int datagrams)
    {
        var random = new Random(20310501);
        var sockets = Enumerable.Range(0, 16).Select(_ => new UdpClient(AddressFamily.InterNetwork)).ToList();
        try
        {
            var target = new IPEndPoint(IPAddress.Loopback, port);
            var buffer = new byte[1400];
            for (var i = 0; i < datagrams; i++)
            {
                random.NextBytes(buffer);
                // Every second one begins like a packet of the transport: a property byte with a known kind.
                if (i % 2 == 0)
                    buffer[0] = (byte)random.Next(0, 20);
                await sockets[i % sockets.Count].SendAsync(buffer.AsMemory(0, random.Next(0, buffer.Length)), target);
                if (i % 250 == 249)
                    await Task.Delay(5);
            }
        }
        finally
        {
            sockets.ForEach(socket => socket.Dispose());
        }
    }
}
