// The metrics that dashboards, alerts and the reference name, against those of a running cluster.
using System.Text.RegularExpressions;

namespace Aetheris.Cluster.Tests;

/// <summary>Reads <c>/metrics</c> of every process of a cluster that has carried players and moved rooms.</summary>
internal static partial class MetricNames
{
    private static readonly Dictionary<string, string[]> Known = ReferenceRow().Matches(File.ReadAllText(Path.Combine(Binaries.Root, "docs", "reference", "metrics.md")))
        .ToDictionary(row => row.Groups["name"].Value, row => row.Groups["labels"].Value.Split('`', ',', ' ', '—'), StringComparer.Ordinal);

    /// <summary>Every name that deploy/ uses is live, and every live name and label is in docs/reference/metrics.md.</summary>
    public static async Task AssertLiveAsync(IReadOnlyList<ServerProcess> processes)
    {
        using var http = new HttpClient();
        var live = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (var process in processes)
            Read(await http.GetStringAsync(new Uri(process.Http + "/metrics")), live);

        var named = Used().ToList();
        Assert.True(named.Count > 30, "dashboards and alerts were not read");
        Assert.Empty(named.Where(use => !live.ContainsKey(use.Metric)).Select(use => $"{use.File}: {use.Metric}"));

        Assert.Empty(live.Keys.Except(Known.Keys, StringComparer.Ordinal));
        Assert.Empty(live.SelectMany(metric => metric.Value.Except(Known[metric.Key], StringComparer.Ordinal).Select(label => $"{metric.Key}: label {label}")));
    }

    private static void Read(string text, Dictionary<string, HashSet<string>> live)
    {
        foreach (Match sample in Sample().Matches(text))
        {
            var name = Family(sample.Groups["name"].Value);
            var labels = live.TryGetValue(name, out var known) ? known : live[name] = new HashSet<string>(StringComparer.Ordinal);
            foreach (Match label in Label().Matches(sample.Groups["labels"].Value))
            {
                // "le" is a histogram's own; the exporter says of each sample from which meter it comes.
                if (label.Groups["name"].Value is var labelName && labelName != "le" && !labelName.StartsWith("otel_scope", StringComparison.Ordinal))
                    labels.Add(labelName);
            }
        }
    }

    private static IEnumerable<(string File, string Metric)> Used()
    {
        var deploy = Path.Combine(Binaries.Root, "deploy");
        string[] files = [.. Directory.GetFiles(Path.Combine(deploy, "grafana", "dashboards"), "*.json"), .. Directory.GetFiles(Path.Combine(deploy, "prometheus", "rules"), "*.yml")];
        return from file in files
               from Match name in Name().Matches(File.ReadAllText(file))
               select (Path.GetFileName(file), Family(name.Value));
    }

    // aetheris_ecs_extraction_count is a whole name.
    private static string Family(string name) => Known.ContainsKey(name) ? name : Suffix().Replace(name, string.Empty);

    [GeneratedRegex("^(?<name>aetheris_[a-z0-9_]+)(?:\\{(?<labels>[^}]*)\\})? ", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Sample();

    [GeneratedRegex("(?<name>[a-zA-Z_][a-zA-Z0-9_]*)=\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Label();

    // Annotations speak of metrics too: those must exist as well.
    [GeneratedRegex("\\baetheris_[a-z0-9_]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();

    [GeneratedRegex("_(bucket|sum|count)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Suffix();

    [GeneratedRegex("^\\| `(?<name>aetheris_[a-z0-9_]+)` \\| [a-z]+ \\| (?<labels>[^|]*) \\|", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ReferenceRow();
}
