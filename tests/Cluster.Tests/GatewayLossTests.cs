// Gateways that die, drain or end a session, with players on another one.
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

        await first.KillAsync();

        var report = await lost.FinishAsync();
        report.AssertSound(Bots);
        Assert.True(report["disconnects"] == Bots && report["reconnects"] == Bots && report["same_ship"] == Bots, $"{report}");
        Assert.True(report.AwayMaxMs <= 3000, $"{report}");
        (await calm.FinishAsync()).AssertUndisturbed(Bots);
    }

    [Fact]
    public async Task A_gateway_that_is_stopped_sends_its_players_on_and_they_keep_their_ships()
    {
        await using var workplace = new Workplace();
        var (first, second) = await StartTwoAsync(workplace);
        var moved = workplace.StartBots(first.Http, Bots, seconds: 10, "--room", "shared", "--warmup", "1");
        var calm = workplace.StartBots(second.Http, Bots, seconds: 10, "--room", "shared", "--warmup", "1");
        await Task.Delay(TimeSpan.FromSeconds(6));

        Assert.Equal(0, await first.StopAsync());

        var report = await moved.FinishAsync();
        AssertSentOn(report);
        (await calm.FinishAsync()).AssertUndisturbed(Bots);
        Assert.DoesNotContain("Exception", first.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_operator_drains_a_gateway_through_another_one()
    {
        await using var workplace = new Workplace();
        var (first, second) = await StartTwoAsync(workplace);
        using var operators = await OperatorsAsync(workplace, second);
        var moved = workplace.StartBots(first.Http, Bots, seconds: 15, "--room", "shared", "--warmup", "1");
        var target = await FindBusyAsync(operators);

        using var unknown = await operators.PostAsync(new Uri("/api/admin/gateways/0123456789abcdef/drain", UriKind.Relative), null);
        using var answer = await operators.PostAsync(new Uri($"/api/admin/gateways/{target}/drain", UriKind.Relative), null);

        Assert.Equal((404, 202), ((int)unknown.StatusCode, (int)answer.StatusCode));
        Assert.Equal(0, await first.WaitForExitAsync(TimeSpan.FromSeconds(15)));
        AssertSentOn(await moved.FinishAsync());
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

    private static void AssertSentOn(BotReport report)
    {
        report.AssertSound(Bots);
        Assert.True(report["disconnects"] == 0 && report["redirects"] == Bots && report["same_ship"] == Bots, $"{report}");
        Assert.True(report.AwayMaxMs <= 1000, $"{report}");
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

    // The id of the gateway that has the bots, once it has reported them.
    private static async Task<string> FindBusyAsync(HttpClient operators)
    {
        for (var i = 0; i < 100; i++)
        {
            var gateways = (await operators.GetFromJsonAsync<JsonElement>("/api/admin/gateways")).EnumerateArray().ToArray();
            Assert.Equal(2, gateways.Length);
            if (Array.FindIndex(gateways, g => g.GetProperty("connections").GetInt32() == Bots) is >= 0 and var busy)
                return gateways[busy].GetProperty("gateway").GetString()!;
            await Task.Delay(100);
        }

        throw new TimeoutException("no gateway has reported its players within 10 s");
    }

    private static async Task<HttpClient> OperatorsAsync(Workplace workplace, ServerProcess gateway)
    {
        var http = new HttpClient { BaseAddress = new Uri(gateway.Http) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await workplace.MintAsync("admin"));
        return http;
    }
}
