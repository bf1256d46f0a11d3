// A bad network: 30 % of the datagrams lost each way, 80 ± 30 ms late. benchmarks/loss.sh flies twenty seeds for a minute each.
namespace Aetheris.Cluster.Tests;

public sealed class LossTests
{
    private const int Clients = 6;
    private const int Seconds = 10;
    private const double Loss = 0.3;

    [Fact]
    public async Task A_bad_network_loses_no_input_and_leaves_every_view_right_two_seconds_after_the_inputs_stop()
    {
        await using var workplace = new Workplace();
        var server = await workplace.StartStandaloneAsync("--Aetheris:Demo:Pilots=0");
        var runs = new[] { 1, 2 }.Select(seed => workplace.StartBots(
            server.Http, Clients, Seconds, "--loss", "0.3", "--latency-ms", "80", "--jitter-ms", "30", "--settle", "2", "--seed", $"{seed}")).ToArray();

        foreach (var run in runs)
        {
            var report = await run.FinishAsync();

            report.AssertUndisturbed(Clients);
            Assert.True(report["chain_mismatches"] == 0 && report["inputs_unverified"] == 0, $"inputs without proof: {report}");
            Assert.True(report["inputs_acked"] > Clients * Seconds * 20, $"inputs_acked: {report}");
            Assert.True(report["values_compared"] > Clients * Clients, $"values_compared: {report}");

            // What the loss layer says it did is what it was asked for, within five standard deviations.
            var seen = report["datagrams_seen"];
            var slack = 5 * Math.Sqrt(seen * Loss * (1 - Loss));
            Assert.True(Math.Abs(report["datagrams_dropped"] - (seen * Loss)) < slack && report["datagrams_overflowed"] == 0, $"the loss layer: {report}");
        }
    }
}
