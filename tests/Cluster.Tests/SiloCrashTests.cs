// A silo dies or hangs under players: its rooms play on elsewhere, and nothing that was acknowledged is lost.
using System.Globalization;
using System.Text.Json;
using Aetheris.Cluster.Tests.Api;
using Aetheris.Cluster.Tests.Redis;

namespace Aetheris.Cluster.Tests;

public sealed class SiloCrashTests
{
    private const int Clients = 12;
    private const int Rooms = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Rooms_of_a_killed_silo_play_on_and_their_players_stay_connected()
    {
        await using var workplace = new Workplace();
        var cluster = await RedisCluster.StartAsync(workplace);
        using var admin = await cluster.AdminAsync();
        var bots = workplace.StartBots(cluster.Gateways[0].Http, Clients, seconds: 14, "--rooms", $"{Rooms}");
        await admin.WaitForPlayersAsync(Clients);

        await cluster.Silos[0].KillAsync();

        var report = await bots.FinishAsync();
        report.AssertUndisturbed(Clients);
        TestContext.Current.TestOutputHelper?.WriteLine($"gap_ms max {report.GapMs("max"):0}");
        // Tight bounds belong to the measured run: here other work may share the cores.
        Assert.True(report.GapMs("max") < 6000, $"{report}");
        Assert.All((await admin.RoomsAsync()).Values, room => Assert.Equal("s2", room.GetProperty("silo").GetString()));
        AssertExact(cluster.Silos[1]);
    }

    [Fact, Trait("Category", "Long")]
    public async Task A_killed_silos_rooms_are_back_within_2_s_in_the_median_of_ten_runs()
    {
        var gaps = new List<double>();
        for (var run = 0; run < 10; run++)
        {
            await using var workplace = new Workplace();
            var cluster = await RedisCluster.StartAsync(workplace);
            using var admin = await cluster.AdminAsync();
            var bots = workplace.StartBots(cluster.Gateways[run % 2].Http, clients: 50, seconds: 9, "--rooms", "10");
            await admin.WaitForPlayersAsync(50);
            await Task.Delay(TimeSpan.FromSeconds(2));
            await cluster.Silos[run % 2].KillAsync();
            var report = await bots.FinishAsync();
            report.AssertUndisturbed(50);
            AssertExact(cluster.Silos[(run + 1) % 2]);
            gaps.Add(report.GapMs("max"));
        }

        gaps.Sort();
        TestContext.Current.TestOutputHelper?.WriteLine("gap_ms max, 10 kills: " + string.Join(' ', gaps.Select(gap => gap.ToString("0", CultureInfo.InvariantCulture))));
        Assert.True((gaps[4] + gaps[5]) / 2 <= 2000, string.Join(' ', gaps));
    }

    [Fact, Trait("Category", "Long")]
    public async Task A_hanging_silos_rooms_are_back_within_7_s()
    {
        await using var workplace = new Workplace();
        var cluster = await RedisCluster.StartAsync(workplace);
        using var admin = await cluster.AdminAsync();
        var bots = workplace.StartBots(cluster.Gateways[0].Http, clients: 50, seconds: 25, "--rooms", "10");
        await admin.WaitForPlayersAsync(50);
        cluster.Silos[0].Suspend();

        var report = await bots.FinishAsync();

        report.AssertUndisturbed(50);
        TestContext.Current.TestOutputHelper?.WriteLine($"gap_ms max after SIGSTOP {report.GapMs("max"):0}");
        Assert.True(report.GapMs("max") <= 7000, $"{report}");

        // It wakes up to find itself dead, and says nothing more.
        cluster.Silos[0].Resume();
        Assert.NotEqual(0, await cluster.Silos[0].WaitForExitAsync(Patience));
    }

    [Fact, Trait("Category", "Long")]
    public async Task No_silo_is_declared_dead_in_10_minutes_with_every_core_saturated()
    {
        await using var workplace = new Workplace();
        var cluster = await RedisCluster.StartAsync(workplace);
        using var admin = await cluster.AdminAsync();
        var bots = workplace.StartBots(cluster.Gateways[0].Http, Clients, seconds: 600, "--rooms", $"{Rooms}");
        await admin.WaitForPlayersAsync(Clients);
        var before = await admin.RoomsAsync();
        using var stop = new CancellationTokenSource();
        var burners = Enumerable.Range(0, Environment.ProcessorCount * 3).Select(_ => new Thread(() => Burn(stop.Token)) { IsBackground = true }).ToList();
        burners.ForEach(burner => burner.Start());

        await Task.Delay(TimeSpan.FromSeconds(590));

        await stop.CancelAsync();
        Assert.All(cluster.Silos, silo => Assert.False(silo.HasExited, silo.Output));
        Assert.Equal(Places(before), Places(await admin.RoomsAsync()));
        await bots.FinishAsync();

        static void Burn(CancellationToken stop)
        {
            while (!stop.IsCancellationRequested)
                Thread.SpinWait(1000);
        }

        static string Places(Dictionary<string, JsonElement> rooms) => string.Join(
            ' ', rooms.OrderBy(room => room.Key, StringComparer.Ordinal).Select(room => $"{room.Key}@{room.Value.GetProperty("silo")}/{room.Value.GetProperty("epoch")}"));
    }

    // The room itself compares the hashes of the ticks that it simulates again with those that gateways saw.
    private static void AssertExact(ServerProcess survivor)
    {
        var recovered = survivor.Output.Split('\n').Where(line => line.Contains(" recovered at tick ", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(recovered);
        Assert.All(recovered, line => Assert.EndsWith("exact", line.TrimEnd(), StringComparison.Ordinal));
    }
}
