// The alert rules, checked by Prometheus' own tool.
using System.Diagnostics;

namespace Aetheris.Cluster.Tests.Compose;

public sealed class AlertTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData("check", "config", "deploy/prometheus/prometheus.yml")]
    [InlineData("check", "rules", "deploy/prometheus/rules/aetheris.yml")]
    [InlineData("test", "rules", "deploy/prometheus/tests/aetheris.yml")]
    public async Task Promtool_accepts_them(params string[] arguments)
    {
        using var promtool = Process.Start(new ProcessStartInfo(Binaries.Promtool, arguments)
        {
            WorkingDirectory = Binaries.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        var output = promtool.StandardOutput.ReadToEndAsync();
        var error = promtool.StandardError.ReadToEndAsync();
        await promtool.WaitForExitAsync().WaitAsync(Patience);

        Assert.True(promtool.ExitCode == 0, await output + await error);
    }

    [Fact]
    public void Every_alert_is_tried_both_ways()
    {
        var rules = System.IO.File.ReadAllLines(Path.Combine(Binaries.Root, "deploy", "prometheus", "rules", "aetheris.yml"));
        var tests = System.IO.File.ReadAllText(Path.Combine(Binaries.Root, "deploy", "prometheus", "tests", "aetheris.yml"));
        var alerts = rules.Select(line => line.Trim()).Where(line => line.StartsWith("- alert: ", StringComparison.Ordinal)).Select(line => line["- alert: ".Length..]).ToList();

        Assert.True(alerts.Count > 10);
        Assert.All(alerts, alert => Assert.Contains($"alertname: {alert} }}", tests, StringComparison.Ordinal));
        Assert.All(alerts, alert => Assert.Contains($"alertname: {alert}\n", tests, StringComparison.Ordinal));
    }
}
