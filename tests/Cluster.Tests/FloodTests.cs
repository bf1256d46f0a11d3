// Forged first datagrams at a gateway while others fly.
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Aetheris.Cluster.Tests;

/// <summary>A measurement of two minutes; <c>benchmarks/flood.md</c> has its last results.</summary>
public sealed class FloodTests(ITestOutputHelper output)
{
    private const int Bots = 100;
    private const int PerSecond = 20_000;
    private const int Seconds = 30;
    private const double MemorySlackMegabytes = 32;

    [Fact, Trait("Category", "Long")]
    public async Task Twenty_thousand_forged_first_datagrams_per_second_are_not_answered_and_disturb_nobody()
    {
        await using var workplace = new Workplace();
        var (_, gateway) = await workplace.StartPairAsync();
        var quiet = await workplace.StartBots(gateway.Http, Bots, Seconds, "--decode", "10").FinishAsync();
        quiet.AssertUndisturbed(Bots);

        using var flood = new ForgedFlood(gateway.UdpPort, await TokenAsync(gateway));
        var before = ResidentMegabytes(gateway);
        var bots = workplace.StartBots(gateway.Http, Bots, Seconds, "--decode", "10");
        await Task.Delay(TimeSpan.FromSeconds(2));
        var started = Stopwatch.GetTimestamp();
        await flood.RunAsync(PerSecond, TimeSpan.FromSeconds(Seconds));
        var rate = flood.Sent / Stopwatch.GetElapsedTime(started).TotalSeconds;
        var flooded = await bots.FinishAsync();
        var after = ResidentMegabytes(gateway);

        using var http = new HttpClient();
        var drops = (await http.GetStringAsync(gateway.Http + "/metrics")).Split('\n').Where(line => line.StartsWith("aetheris_edge_drops_total", StringComparison.Ordinal));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{flood.Sent} datagrams, {rate:0} per second; answered {flood.Answered} bytes; gap p99 {quiet.GapMs("p99")} -> {flooded.GapMs("p99")} ms; resident {before:0} -> {after:0} MB"));
        output.WriteLine(string.Join('\n', drops));
        flooded.AssertUndisturbed(Bots);
        Assert.InRange(rate, PerSecond * 0.9, PerSecond * 1.2);
        Assert.Equal(0, flood.Answered);
        Assert.True(flooded.GapMs("p99") < 2 * quiet.GapMs("p99"), $"gap p99 went from {quiet.GapMs("p99")} to {flooded.GapMs("p99")} ms");
        Assert.True(after < before + MemorySlackMegabytes, $"resident memory went from {before:0} to {after:0} MB");
    }

    /// <summary>A real connect token, of which an attacker on the path of its owner would know the sealed part.</summary>
    private static async Task<string> TokenAsync(ServerProcess gateway)
    {
        using var http = new HttpClient();
        var guest = await (await http.PostAsJsonAsync(gateway.Http + "/api/auth/guest", new { name = "watched" })).Content.ReadFromJsonAsync<JsonElement>();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", guest.GetProperty("token").GetString());
        var match = await (await http.PostAsJsonAsync(gateway.Http + "/api/match", new { })).Content.ReadFromJsonAsync<JsonElement>();
        return match.GetProperty("connectToken").GetString()!;
    }

    private static double ResidentMegabytes(ServerProcess process)
    {
        using var running = Process.GetProcessById(process.Id);
        return running.WorkingSet64 / 1e6;
    }
}
