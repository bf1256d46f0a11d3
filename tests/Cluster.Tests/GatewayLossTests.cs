// Gateways that die, drain or end a session, with players on another one.
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Aetheris.Client.Connection;
using Aetheris.Protocol.Link;

namespace Aetheris.Cluster.Tests;

public sealed class GatewayLossTests
{
    private const int Bots = 10;

    [Fact]
    public async Task Players_of_a_killed_gateway_are_back_in_their_ships_through_the_other_one_whose_players_notice_nothing()
    {
        await using var workplace = new Workplace();
        var (first, second) = await StartTwoAsync(workplace);
        var lost = workplace.StartBots(first.Http, Bots, seconds: 12, "--room", "shared", "--warmup", "1");
        var calm = workplace.StartBots(second.Http, Bots, seconds: 12, "--room", "shared", "--warmup", "1");
        await Task.Delay(TimeSpan.FromSeconds(6));
        Assert.False(lost.Process.HasExited, lost.Process.Output);

        var victims = await CountPlayersAsync(first);
        await first.KillAsync();

        var reports = new[] { await lost.FinishAsync(), await calm.FinishAsync() };
        foreach (var report in reports)
        {
            report.AssertSound(Bots);
            Assert.True(report.AwayMaxMs <= 3000, $"{report}");
        }

        Assert.Equal((victims, victims, victims), (Sum(reports, "disconnects"), Sum(reports, "reconnects"), Sum(reports, "same_ship")));
    }

    [Fact]
    public async Task A_gateway_that_is_stopped_sends_its_players_on_and_they_keep_their_ships()
    {
        await using var workplace = new Workplace();
        var (first, second) = await StartTwoAsync(workplace);
        var moved = workplace.StartBots(first.Http, Bots, seconds: 10, "--room", "shared", "--warmup", "1");
        var calm = workplace.StartBots(second.Http, Bots, seconds: 10, "--room", "shared", "--warmup", "1");
        await Task.Delay(TimeSpan.FromSeconds(6));

        var victims = await CountPlayersAsync(first);
        Assert.Equal(0, await first.StopAsync());

        AssertSentOn([await moved.FinishAsync(), await calm.FinishAsync()], victims);
        Assert.DoesNotContain("Exception", first.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_operator_drains_a_gateway_through_another_one()
    {
        await using var workplace = new Workplace();
        var (first, second) = await StartTwoAsync(workplace);
        using var operators = await OperatorsAsync(workplace, second);
        var moved = workplace.StartBots(first.Http, Bots, seconds: 15, "--room", "shared", "--warmup", "1");
        var (target, victims) = await FindAsync(operators, first);

        using var unknown = await operators.PostAsync(new Uri("/api/admin/gateways/0123456789abcdef/drain", UriKind.Relative), null);
        using var answer = await operators.PostAsync(new Uri($"/api/admin/gateways/{target}/drain", UriKind.Relative), null);

        Assert.Equal((404, 202), ((int)unknown.StatusCode, (int)answer.StatusCode));
        Assert.Equal(0, await first.WaitForExitAsync(TimeSpan.FromSeconds(15)));
        AssertSentOn([await moved.FinishAsync()], victims);
        Assert.Contains("DrainGateway", second.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_that_is_revoked_at_one_gateway_ends_at_the_other_within_a_second()
    {
        await using var workplace = new Workplace();
        var (first, second) = await StartTwoAsync(workplace);
        using var operators = await OperatorsAsync(workplace, second);
        using var player = new PlayerClient(first.Http, "court");
        using var other = new PlayerClient(first.Http, "court");
        await player.WaitUntilInRoomAsync();
        await other.WaitUntilInRoomAsync();

        var revoking = operators.DeleteAsync(new Uri($"/api/admin/sessions/{player.Client.Player}", UriKind.Relative));
        var took = await player.WaitUntilAsync(() => player.Client.State == ClientState.Disconnected, "told", other);

        Assert.Equal(CloseReason.Revoked, player.Client.LastFailure?.Code);
        Assert.True(took < TimeSpan.FromSeconds(1), $"told after {took.TotalSeconds:0.00} s");
        Assert.Null(other.Client.LastFailure);
        using var answer = await revoking;
        Assert.Equal(204, (int)answer.StatusCode);
        Assert.Contains("RevokeSession", second.Output, StringComparison.Ordinal);
    }

    private static void AssertSentOn(BotReport[] reports, int victims)
    {
        foreach (var report in reports)
        {
            report.AssertSound(Bots);
            Assert.True(report.AwayMaxMs <= 1000, $"{report}");
        }

        Assert.Equal((0, victims, victims), (Sum(reports, "disconnects"), Sum(reports, "redirects"), Sum(reports, "same_ship")));
    }

    private static int Sum(BotReport[] reports, string figure) => Array.ConvertAll(reports, report => report[figure]).Sum();

    // Clients choose by ping, and on a busy machine not always the gateway that they asked first: what counts is who was where.
    private static async Task<int> CountPlayersAsync(ServerProcess gateway)
    {
        using var http = new HttpClient();
        var metrics = await http.GetStringAsync(new Uri(gateway.Http + "/metrics"));
        var players = metrics.Split('\n')
            .Where(static line => line.StartsWith("aetheris_connected_clients", StringComparison.Ordinal))
            .Sum(static line => (int)double.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture));
        Assert.InRange(players, 1, 2 * Bots);
        return players;
    }

    private static async Task<(ServerProcess First, ServerProcess Second)> StartTwoAsync(Workplace workplace)
    {
        int siloPort = FreePort.Tcp(), gatewayPort = FreePort.Tcp();
        await workplace.StartSiloAsync(siloPort, gatewayPort);
        var first = await workplace.StartGatewayAsync(siloPort, gatewayPort, udpPort: 0, httpPort: 0);
        var second = await workplace.StartGatewayAsync(siloPort, gatewayPort, udpPort: 0, httpPort: 0);

        // Each reports itself every two seconds; a match names both from then on.
        await Task.Delay(TimeSpan.FromSeconds(2.5));
        return (first, second);
    }

    // The id of a gateway, and how many of the bots it has once both have reported all of them.
    private static async Task<(string Id, int Players)> FindAsync(HttpClient operators, ServerProcess gateway)
    {
        for (var i = 0; i < 100; i++)
        {
            var gateways = (await operators.GetFromJsonAsync<JsonElement>("/api/admin/gateways")).EnumerateArray().ToArray();
            Assert.Equal(2, gateways.Length);
            if (gateways.Sum(static one => one.GetProperty("connections").GetInt32()) == Bots)
            {
                var one = gateways.Single(one => new Uri(one.GetProperty("http").GetString()!).Port == new Uri(gateway.Http).Port);
                return (one.GetProperty("gateway").GetString()!, one.GetProperty("connections").GetInt32());
            }

            await Task.Delay(100);
        }

        throw new TimeoutException("the gateways have not reported all players within 10 s");
    }

    private static async Task<HttpClient> OperatorsAsync(Workplace workplace, ServerProcess gateway)
    {
        var http = new HttpClient { BaseAddress = new Uri(gateway.Http) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await workplace.MintAsync("admin"));
        return http;
    }
}
