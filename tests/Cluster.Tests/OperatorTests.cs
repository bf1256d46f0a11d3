// Operators move rooms and drain silos under players.
using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Aetheris.Cluster.Tests.Api;
using Aetheris.Cluster.Tests.Redis;

namespace Aetheris.Cluster.Tests;

public sealed class OperatorTests
{
    private const int Rooms = 4;
    private const int Clients = 12;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Rooms_move_at_the_operators_word_by_drain_and_by_stop_while_everybody_flies_on()
    {
        await using var collector = new TraceCollector();
        await using var workplace = new Workplace { Variables = collector.Variables };
        var cluster = await RedisCluster.StartAsync(workplace);
        using var admin = await cluster.AdminAsync();
        var bots = workplace.StartBots(cluster.Gateways[0].Http, Clients, seconds: 20, "--rooms", $"{Rooms}");
        var rooms = await admin.WaitForPlayersAsync(Clients);
        Assert.Equal([2, 2], SilosOf(rooms).GroupBy(silo => silo, StringComparer.Ordinal).Select(group => group.Count()));

        var gaps = await MoveToAndFroAsync(admin, rooms);
        await AssertRefusalsAsync(admin, rooms);
        await AssertCommandLineAsync(workplace, cluster.Gateways[1].Http, rooms);
        await MetricNames.AssertLiveAsync([.. cluster.Silos, .. cluster.Gateways]);
        await AssertTracesAsync(collector);
        await DrainAsync(workplace, cluster, admin);
        Assert.Equal(0, await cluster.Silos[0].StopAsync());
        Assert.All(SilosOf(await admin.RoomsAsync()), silo => Assert.Equal("s2", silo));

        // Nobody drains this one: the stop does.
        await cluster.StartSiloAsync("s3");
        Assert.Equal(0, await cluster.Silos[1].StopAsync());

        TestContext.Current.TestOutputHelper?.WriteLine("gapMs " + string.Join(' ', gaps.Select(gap => gap.ToString("0.0", CultureInfo.InvariantCulture))));
        (await bots.FinishAsync()).AssertUndisturbed(Clients);
        Assert.Equal(["s3"], (await admin.SilosAsync()).Keys);
        Assert.All(SilosOf(await admin.RoomsAsync()), silo => Assert.Equal("s3", silo));
    }

    [Fact]
    public async Task Rooms_spread_to_a_silo_that_joins()
    {
        await using var workplace = new Workplace();
        var cluster = await RedisCluster.StartAsync(workplace, silos: 1, gateways: 1, "--Aetheris:Rooms:RebalanceSeconds=1");
        using var admin = await cluster.AdminAsync();
        var bots = workplace.StartBots(cluster.Gateways[0].Http, Clients, seconds: 15, "--rooms", $"{Rooms}");
        await admin.WaitForPlayersAsync(Clients);

        await cluster.StartSiloAsync("s2", "--Aetheris:Rooms:RebalanceSeconds=1");

        await AdminApi.EventuallyAsync(
            admin.RoomsAsync, rooms => SilosOf(rooms).Count(silo => silo == "s2") == Rooms / 2, Patience, "half of the rooms on the new silo");
        (await bots.FinishAsync()).AssertUndisturbed(Clients);
    }

    // Every room there and back; the first move each way warms up the connection and the code, so it has no bound.
    private static async Task<List<double>> MoveToAndFroAsync(AdminApi admin, Dictionary<string, JsonElement> rooms)
    {
        var gaps = new List<double>();
        for (var round = 0; round < 2; round++)
        {
            foreach (var (name, room) in rooms)
            {
                var (from, to) = Ends(room, round);
                var (status, move) = await admin.PostAsync($"/api/admin/rooms/{name}/migrate", new { silo = to });
                Assert.True(status == HttpStatusCode.OK, $"{status} {move}");
                Assert.Equal((from, to), (move.GetProperty("from").GetString(), move.GetProperty("to").GetString()));
                gaps.Add(move.GetProperty("gapMs").GetDouble());
            }
        }

        return gaps;

        static (string From, string To) Ends(JsonElement room, int round)
        {
            var home = room.GetProperty("silo").GetString()!;
            var away = home == "s1" ? "s2" : "s1";
            return round == 0 ? (home, away) : (away, home);
        }
    }

    private static async Task AssertRefusalsAsync(AdminApi admin, Dictionary<string, JsonElement> rooms)
    {
        var (name, room) = rooms.First();
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync("no-such-room", "s1"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(name, "nobody"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await StatusAsync(name, room.GetProperty("silo").GetString()!));
        Assert.Equal(HttpStatusCode.NotFound, (await admin.PostAsync("/api/admin/silos/nobody/drain")).Status);

        async Task<HttpStatusCode> StatusAsync(string which, string silo) => (await admin.PostAsync($"/api/admin/rooms/{which}/migrate", new { silo })).Status;
    }

    private static async Task AssertCommandLineAsync(Workplace workplace, string gateway, Dictionary<string, JsonElement> rooms)
    {
        var (name, room) = rooms.First();
        var home = room.GetProperty("silo").GetString()!;
        var table = workplace.Start(Binaries.Cli, "rooms", "list", "--http", gateway);
        var json = workplace.Start(Binaries.Cli, "rooms", "list", "--json", "--http", gateway);
        var refused = workplace.Start(Binaries.Cli, "rooms", "migrate", name, home, "--http", gateway);
        Assert.True(await table.WaitForExitAsync(Patience) == 0, table.Output);
        Assert.True(await json.WaitForExitAsync(Patience) == 0, json.Output);
        Assert.Matches(new Regex($"^{name} +{home} ", RegexOptions.Multiline, TimeSpan.FromSeconds(1)), table.Stdout);
        Assert.Equal(Rooms, JsonDocument.Parse(json.Stdout).RootElement.GetArrayLength());
        Assert.Equal(1, await refused.WaitForExitAsync(Patience));
        Assert.Contains("error: 422", refused.Output, StringComparison.Ordinal);
    }

    // What crosses processes is one trace, and nothing else begins one.
    private static async Task AssertTracesAsync(TraceCollector collector)
    {
        const string silo = "aetheris-silo", gateway = "aetheris-gateway";
        (string Service, string Name)[][] traces =
        [
            [(silo, "aetheris.tick"), (silo, "aetheris.simulate"), (gateway, "aetheris.frame")],
            [(gateway, "aetheris.join"), (silo, "ISessionGrain/ClaimAsync")],
            [(gateway, "aetheris.migrate"), (silo, "aetheris.room.leave"), (silo, "aetheris.room.arrive")],
        ];
        for (var i = 0; i < 100 && !traces.All(trace => collector.HasTrace(trace)); i++)
            await Task.Delay(100);
        Assert.All(traces, trace => Assert.True(collector.HasTrace(trace), string.Join(", ", trace) + " are no trace; spans:\n" + collector.Describe()));
        Assert.All(collector.Roots(), name => Assert.StartsWith("aetheris.", name, StringComparison.Ordinal));
    }

    // Through the command line, as an operator does it.
    private static async Task DrainAsync(Workplace workplace, RedisCluster cluster, AdminApi admin)
    {
        var list = workplace.Start(Binaries.Cli, "silos", "list", "--http", cluster.Gateways[1].Http);
        Assert.True(await list.WaitForExitAsync(Patience) == 0, list.Output);
        Assert.Matches(new Regex("^s1 +Active +2 ", RegexOptions.Multiline, TimeSpan.FromSeconds(1)), list.Stdout);
        var drain = workplace.Start(Binaries.Cli, "silos", "drain", "s1", "--http", cluster.Gateways[1].Http);
        Assert.True(await drain.WaitForExitAsync(Patience) == 0, drain.Output);

        Assert.Equal("Draining", (await admin.SilosAsync())["s1"].GetProperty("state").GetString());
        using var http = new HttpClient();
        using var ready = await http.GetAsync(new Uri(cluster.Silos[0].Http + "/readyz"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Contains("s1 is empty", drain.Stdout, StringComparison.Ordinal);
    }

    private static List<string> SilosOf(Dictionary<string, JsonElement> rooms) => [.. rooms.Values.Select(room => room.GetProperty("silo").GetString()!)];
}
