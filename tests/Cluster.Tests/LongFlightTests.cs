// The acceptance runs of a cluster: a hundred players in ten rooms while operators and faults do their worst.
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Aetheris.Cluster.Tests.Api;
using Aetheris.Cluster.Tests.Redis;

namespace Aetheris.Cluster.Tests;

[Trait("Category", "Long")]
public sealed partial class LongFlightTests
{
    private const int Clients = 100;
    private const int Rooms = 10;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Fifty_live_moves_cost_nobody_an_input_and_two_ticks_in_the_median()
    {
        await using var workplace = new Workplace();
        var cluster = await RedisCluster.StartAsync(workplace, silos: 2, gateways: 2, FrameTrace.Setting);
        using var admin = await cluster.AdminAsync();
        var calm = await workplace.StartBots(cluster.Gateways[0].Http, Clients, seconds: 15, "--rooms", $"{Rooms}").FinishAsync();
        var bots = workplace.StartBots(cluster.Gateways[0].Http, Clients, seconds: 45, "--rooms", $"{Rooms}");
        await admin.WaitForPlayersAsync(Clients);
        await MoveAsync(admin, count: Rooms);

        var gaps = await MoveAsync(admin, count: 50);

        var report = await bots.FinishAsync();
        gaps.Sort();
        var (p50, p95) = (gaps[24], gaps[47]);
        Say($"gapMs p50 {p50:0.0} p95 {p95:0.0} of {Text(gaps)}; gap_ms p99 {report.GapMs("p99"):0.0}, without moves {calm.GapMs("p99"):0.0}");
        report.AssertUndisturbed(Clients);
        var traces = cluster.Gateways.Select(FrameTrace.Read).ToList();
        traces.ForEach(trace => trace.AssertNothingSkipped());
        Say($"{traces[0].AssertSameHashes(traces[1])} hashes of two gateways equal");
        Assert.True(p50 <= 34 && p95 <= 67, $"p50 {p50}, p95 {p95}");
        Assert.True(report.GapMs("p99") <= calm.GapMs("p99") + 35, $"{report}");
    }

    [Fact]
    public async Task A_silo_with_twenty_rooms_drains_within_15_s()
    {
        await using var workplace = new Workplace();
        var cluster = await RedisCluster.StartAsync(workplace, silos: 1);
        using var admin = await cluster.AdminAsync();
        var bots = workplace.StartBots(cluster.Gateways[0].Http, Clients, seconds: 30, "--rooms", "20");
        await admin.WaitForPlayersAsync(Clients);
        var second = await cluster.StartSiloAsync("s2");
        await Task.Delay(TimeSpan.FromSeconds(5));
        // One move each way, as before the moves that are measured one by one.
        foreach (var silo in (string[])["s2", "s1"])
            Assert.Equal(HttpStatusCode.OK, (await admin.PostAsync("/api/admin/rooms/bots-0/migrate", new { silo })).Status);

        var started = System.Diagnostics.Stopwatch.GetTimestamp();
        Assert.Equal(0, await cluster.Silos[0].StopAsync());
        var took = System.Diagnostics.Stopwatch.GetElapsedTime(started);

        var report = await bots.FinishAsync();
        var gaps = MoveGap().Matches(second.Output).Skip(1).Select(move => double.Parse(move.Groups["gap"].Value, CultureInfo.InvariantCulture)).Order().ToList();
        Say($"drain of 20 rooms {took.TotalSeconds:0.0} s; gapMs of {Text(gaps)}; gap_ms p99 {report.GapMs("p99"):0.0} max {report.GapMs("max"):0.0}");
        report.AssertUndisturbed(Clients);
        Assert.Equal(20, gaps.Count);
        Assert.True(gaps[18] <= 120, Text(gaps));
        Assert.True(took < TimeSpan.FromSeconds(15), $"{took}");
        Assert.All((await admin.RoomsAsync()).Values, room => Assert.Equal("s2", room.GetProperty("silo").GetString()));
    }

    [Fact]
    public async Task A_rolling_restart_of_every_process_loses_no_session()
    {
        await using var workplace = new Workplace();
        var cluster = await RedisCluster.StartAsync(workplace);
        using var admin = await cluster.AdminAsync();
        var bots = workplace.StartBots(cluster.Gateways[0].Http, clients: 40, seconds: 70, "--rooms", $"{Rooms}");
        await admin.WaitForPlayersAsync(40);

        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(0, await cluster.Silos[i].StopAsync());
            await cluster.StartSiloAsync($"s{i + 1}");
        }

        var second = await cluster.StartGatewayAsync();
        foreach (var gateway in cluster.Gateways)
            Assert.Equal(0, await gateway.StopAsync());

        var report = await bots.FinishAsync();
        Say($"rolling restart: {report}");
        report.AssertSound(40);
        Assert.True(report["same_ship"] == report["reconnects"], $"{report}");
        Assert.False(second.HasExited);
    }

    [Theory]
    [InlineData("hangs")]
    [InlineData("comes back with its file")]
    [InlineData("comes back empty")]
    public async Task Play_goes_on_while_Redis_is_away_for_30_s_and_a_killed_silo_loses_nothing_afterwards(string how)
    {
        await using var workplace = new Workplace();
        var cluster = await RedisCluster.StartAsync(workplace);
        using var admin = await cluster.AdminAsync();
        var bots = workplace.StartBots(cluster.Gateways[0].Http, clients: 50, seconds: 60, "--rooms", $"{Rooms}");
        await admin.WaitForPlayersAsync(50);

        if (how == "hangs")
            cluster.Redis.Suspend();
        else
            await cluster.Redis.KillAsync();
        await Task.Delay(TimeSpan.FromSeconds(30));
        Assert.StartsWith("Degraded", await ReadyAsync(cluster.Silos[0]), StringComparison.Ordinal);
        await BackAsync(cluster.Redis, how);
        await AdminApi.EventuallyAsync(() => ReadyAsync(cluster.Silos[0]), text => text.StartsWith("Healthy", StringComparison.Ordinal), Patience, "healthy again");
        await Task.Delay(TimeSpan.FromSeconds(5));
        await cluster.Silos[1].KillAsync();

        var report = await bots.FinishAsync();
        Say($"Redis {how}: gap_ms p99 {report.GapMs("p99"):0.0} max {report.GapMs("max"):0.0}");
        report.AssertUndisturbed(50);
        Assert.DoesNotContain(", lost", cluster.Silos[0].Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rooms_of_a_silo_that_died_while_Redis_was_away_come_back_with_it()
    {
        await using var workplace = new Workplace();
        var cluster = await RedisCluster.StartAsync(workplace);
        using var admin = await cluster.AdminAsync();
        var bots = workplace.StartBots(cluster.Gateways[0].Http, clients: 20, seconds: 35, "--rooms", "4");
        await admin.WaitForPlayersAsync(20);

        cluster.Redis.Suspend();
        await cluster.Silos[0].KillAsync();
        await Task.Delay(TimeSpan.FromSeconds(8));
        cluster.Redis.Resume();

        var report = await bots.FinishAsync();
        Say($"a silo died while Redis hung for 8 s: gap_ms max {report.GapMs("max"):0.0}");
        report.AssertUndisturbed(20);
        Assert.DoesNotContain(", lost", cluster.Silos[1].Output, StringComparison.Ordinal);
        Assert.All((await admin.RoomsAsync()).Values, room => Assert.Equal("s2", room.GetProperty("silo").GetString()));
    }

    [Fact]
    public async Task A_silo_that_is_told_to_stop_while_Redis_is_away_ends_within_15_s_and_says_that_it_did_not_manage()
    {
        await using var workplace = new Workplace();
        var cluster = await RedisCluster.StartAsync(workplace, silos: 1);
        using var admin = await cluster.AdminAsync();
        var bots = workplace.StartBots(cluster.Gateways[0].Http, clients: 10, seconds: 8, "--rooms", "2");
        await admin.WaitForPlayersAsync(10);
        cluster.Redis.Suspend();
        var since = System.Diagnostics.Stopwatch.GetTimestamp();

        var code = await cluster.Silos[0].StopAsync();

        var took = System.Diagnostics.Stopwatch.GetElapsedTime(since);
        cluster.Redis.Resume();
        Say($"SIGTERM while Redis is away: exit code {code} after {took.TotalSeconds:0.0} s");
        Assert.Equal(3, code);
        Assert.True(took < TimeSpan.FromSeconds(15), $"{took}");
        await bots.FinishAsync();
    }

    [Fact]
    public async Task Rooms_of_the_last_silo_are_stored_when_it_stops_and_go_on_where_they_were_when_one_starts()
    {
        await using var workplace = new Workplace();
        var cluster = await RedisCluster.StartAsync(workplace, silos: 1);
        using var admin = await cluster.AdminAsync();
        var bots = workplace.StartBots(cluster.Gateways[0].Http, clients: 20, seconds: 40, "--rooms", "4");
        await admin.WaitForPlayersAsync(20);
        var before = await admin.RoomsAsync();

        Assert.Equal(0, await cluster.Silos[0].StopAsync());
        await cluster.StartSiloAsync("s2");

        var report = await bots.FinishAsync();
        Say($"the last silo stopped, another one started: gap_ms max {report.GapMs("max"):0.0}");
        report.AssertUndisturbed(20);
        foreach (var (name, room) in await admin.RoomsAsync())
            Assert.True(room.GetProperty("tick").GetInt64() > before[name].GetProperty("tick").GetInt64(), name);
    }

    private static Task BackAsync(RedisServer redis, string how)
    {
        if (how == "comes back empty")
            return redis.StartEmptyAsync();
        if (how == "comes back with its file")
            return redis.StartAgainAsync();
        redis.Resume();
        return Task.CompletedTask;
    }

    // Room after room to the other silo, one at a time; the answer is the room's own stamp of the gap.
    private static async Task<List<double>> MoveAsync(AdminApi admin, int count)
    {
        var gaps = new List<double>();
        var homes = (await admin.RoomsAsync()).ToDictionary(room => room.Key, room => room.Value.GetProperty("silo").GetString()!, StringComparer.Ordinal);
        var names = homes.Keys.Order(StringComparer.Ordinal).ToList();
        for (var i = 0; i < count; i++)
        {
            var name = names[i % names.Count];
            var to = homes[name] == "s1" ? "s2" : "s1";
            var (status, move) = await admin.PostAsync($"/api/admin/rooms/{name}/migrate", new { silo = to });
            Assert.True(status == HttpStatusCode.OK, $"{status} {move}");
            homes[name] = to;
            gaps.Add(move.GetProperty("gapMs").GetDouble());
            await Task.Delay(TimeSpan.FromMilliseconds(300));
        }

        return gaps;
    }

    private static async Task<string> ReadyAsync(ServerProcess process)
    {
        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri(process.Http + "/readyz"));
        return await answer.Content.ReadAsStringAsync();
    }

    [GeneratedRegex(@"moved from \S+: (?<gap>[0-9.]+) ms between its ticks", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MoveGap();

    private static string Text(List<double> figures) => string.Join(' ', figures.Select(figure => figure.ToString("0", CultureInfo.InvariantCulture)));

    private static void Say(FormattableString line) => TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant(line));
}
