// Redis hangs, dies and forgets while players fly.
using System.Net;
using Aetheris.Cluster.Tests.Api;
using Aetheris.Cluster.Tests.Redis;

namespace Aetheris.Cluster.Tests;

public sealed class RedisFaultTests
{
    private const int Clients = 8;
    private const string Members = "aetheris/members/aetheris";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Players_fly_on_while_Redis_hangs_and_when_it_comes_back_empty_and_a_dead_silo_is_noticed_afterwards()
    {
        await using var workplace = new Workplace();
        var cluster = await RedisCluster.StartAsync(workplace);
        using var admin = await cluster.AdminAsync();
        var bots = workplace.StartBots(cluster.Gateways[0].Http, Clients, seconds: 25, "--rooms", "2");
        await admin.WaitForPlayersAsync(Clients);

        cluster.Redis.Suspend();
        await AllSayAsync(cluster, "Degraded");
        cluster.Redis.Resume();
        await AllSayAsync(cluster, "Healthy");

        await cluster.Redis.KillAsync();
        await AllSayAsync(cluster, "Degraded");
        await cluster.Redis.StartEmptyAsync();
        await AllSayAsync(cluster, "Healthy");
        // Two rows and the version.
        await AdminApi.EventuallyAsync(() => cluster.Redis.AskAsync($"HLEN {Members}"), answer => answer.Trim() == ":3", Patience, "members written back");
        Assert.Equal(["s1", "s2"], (await admin.SilosAsync()).Keys.Order(StringComparer.Ordinal));
        (await bots.FinishAsync()).AssertUndisturbed(Clients);

        await cluster.Silos[0].KillAsync();
        await AdminApi.EventuallyAsync(admin.SilosAsync, silos => !silos.ContainsKey("s1"), Patience, "the dead silo declared dead");
        Assert.All(cluster.Silos.Skip(1).Concat(cluster.Gateways), process => Assert.False(process.HasExited, process.Output));
    }

    // Degraded is not a reason to take a process out of service: the status stays 200.
    private static async Task AllSayAsync(RedisCluster cluster, string word)
    {
        using var http = new HttpClient();
        foreach (var process in cluster.Silos.Concat(cluster.Gateways))
        {
            await AdminApi.EventuallyAsync(
                async () =>
                {
                    using var answer = await http.GetAsync(new Uri(process.Http + "/readyz"));
                    return (answer.StatusCode, Text: await answer.Content.ReadAsStringAsync());
                },
                answer => answer.StatusCode == HttpStatusCode.OK && answer.Text.StartsWith(word, StringComparison.Ordinal),
                Patience, word);
        }
    }
}
