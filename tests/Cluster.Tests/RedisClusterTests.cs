// Two silos, two gateways and Redis, with players.
using System.Globalization;
using System.Text.Json;
using Aetheris.Cluster.Tests.Api;
using Aetheris.Cluster.Tests.Redis;

namespace Aetheris.Cluster.Tests;

public sealed class RedisClusterTests
{
    private const string Room = "shared";

    [Fact]
    public async Task Bots_fly_through_either_gateway_in_one_room_that_looks_the_same_from_both_and_a_silo_joins_meanwhile()
    {
        await using var workplace = new Workplace();
        var cluster = await RedisCluster.StartAsync(workplace, silos: 1);
        using var first = await cluster.AdminAsync(gateway: 0);
        using var second = await cluster.AdminAsync(gateway: 1);

        var bots = cluster.Gateways.Select(gateway => workplace.StartBots(gateway.Http, clients: 10, seconds: 12, "--room", Room)).ToList();
        await first.WaitForPlayersAsync(20);
        await cluster.StartSiloAsync("s2");
        var silos = await second.SilosAsync();
        await AssertSameStateAsync(first, second);

        foreach (var run in bots)
            (await run.FinishAsync()).AssertUndisturbed(10);
        Assert.Equal(["s1", "s2"], silos.Keys.Order(StringComparer.Ordinal));
        Assert.All(silos.Values, silo => Assert.Equal("Active", silo.GetProperty("state").GetString()));
        foreach (var gateway in cluster.Gateways)
            Assert.Equal(0, await gateway.StopAsync());
    }

    [Fact]
    public async Task A_silo_and_a_gateway_wait_for_a_Redis_that_starts_later()
    {
        await using var workplace = new Workplace();
        var redis = await RedisServer.StartAsync(workplace);
        await redis.KillAsync();
        var cluster = RedisCluster.StartOnAsync(workplace, redis);
        await AdminApi.EventuallyAsync(
            () => Task.FromResult(workplace.Processes.Count(process => process.Output.Contains($"waiting for Redis at 127.0.0.1:{redis.Port}", StringComparison.Ordinal))),
            waiting => waiting == 2, TimeSpan.FromSeconds(30), "both waiting");
        Assert.False(cluster.IsCompleted);

        await redis.StartAgainAsync();

        var started = await cluster;
        Assert.Equal("silo", started.Silos[0].Ready["role"]);
        Assert.Equal("gateway", started.Gateways[0].Ready["role"]);
    }

    [Fact]
    public async Task A_password_that_Redis_refuses_is_one_readable_line_that_does_not_repeat_it()
    {
        const string Wrong = "Hunter2Hunter2";
        await using var workplace = new Workplace();
        var redis = await RedisServer.StartAsync(workplace, password: "correct-horse");
        var silo = workplace.Start(
            Binaries.Silo, "--Aetheris:Cluster:Mode=Redis", $"--Aetheris:Cluster:Redis=127.0.0.1:{redis.Port},password={Wrong}",
            "--Aetheris:Cluster:SiloPort=0", "--Aetheris:Cluster:GatewayPort=0", "--Aetheris:Cluster:HttpPort=0");

        Assert.Equal(1, await silo.WaitForExitAsync(TimeSpan.FromSeconds(30)));
        Assert.Contains("Aetheris:Cluster:Redis", silo.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(Wrong, silo.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", silo.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Aetheris:Cluster:Redis", "--Aetheris:Cluster:Mode=Redis")]
    [InlineData("Aetheris:Cluster:Redis", "--Aetheris:Cluster:Mode=Redis", "--Aetheris:Cluster:Redis=embedded")]
    [InlineData("Aetheris:Cluster:Redis", "--Aetheris:Cluster:Mode=Redis", "--Aetheris:Cluster:Redis=localhost,sceret=1")]
    [InlineData("Aetheris:Cluster:AdvertisedHost", "--Aetheris:Cluster:Mode=Redis", "--Aetheris:Cluster:Redis=localhost", "--Aetheris:Cluster:AdvertisedHost=not a host")]
    public async Task A_wrong_value_is_named_with_its_key(string key, params string[] arguments)
    {
        await using var workplace = new Workplace();

        var silo = workplace.Start(Binaries.Silo, arguments);

        Assert.Equal(1, await silo.WaitForExitAsync(TimeSpan.FromSeconds(30)));
        Assert.Contains(key, silo.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", silo.Output, StringComparison.Ordinal);
    }

    private static async Task AssertSameStateAsync(AdminApi first, AdminApi second)
    {
        var here = await first.StateAsync(Room);
        var there = await second.StateAsync(Room, here.GetProperty("tick").GetUInt64());
        Assert.Equal(Text(here), Text(there));
        Assert.True(here.GetProperty("entities").GetArrayLength() > 20, Text(here));

        static string Text(JsonElement state) => string.Create(CultureInfo.InvariantCulture, $"{state.GetProperty("stateHash")} {state.GetProperty("entities")}");
    }
}
