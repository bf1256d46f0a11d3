// The pages under docs/reference, made from the code.
using System.Globalization;
using System.Text;
using Aetheris.Hosting;
using Aetheris.Hosting.Help;

namespace Aetheris.Architecture.Tests.Reference;

internal static class ReferencePages
{
    private const string Notice = "<!-- Made from the code: AETHERIS_RECORD_REFERENCE=1 dotnet run --project tests/Architecture.Tests -c Release -- --filter-class \"*ReferenceTests\" -->";

    /// <summary>docs/reference/configuration.md, from <see cref="ConfigurationKeys"/>.</summary>
    public static string Configuration()
    {
        var page = new StringBuilder();
        Line(page, "# Configuration keys");
        Line(page, Notice);
        Line(page);
        Line(page, "All under `Aetheris:`. How they are given, and what Development changes: [configuration](../configuration.md).");
        foreach (var section in ConfigurationKeys.All.GroupBy(key => key.Name[..key.Name.IndexOf(':', StringComparison.Ordinal)], StringComparer.Ordinal))
        {
            Line(page);
            Line(page, $"## {section.Key}");
            Line(page);
            Line(page, "| Key | Environment | Default | Meaning | Read by |");
            Line(page, "|---|---|---|---|---|");
            foreach (var key in section)
                Line(page, $"| `{key.Name}` | `Aetheris__{key.Name.Replace(":", "__", StringComparison.Ordinal)}` | {(key.Default.Length == 0 ? "—" : Cell(key.Default))} | {Cell(key.Meaning)} | {Readers(key.Roles)} |");
        }

        return page.ToString();
    }

    /// <summary>docs/reference/metrics.md, from the instruments that the processes create.</summary>
    public static string Metrics(IEnumerable<KnownInstrument> instruments)
    {
        var page = new StringBuilder();
        Line(page, "# Metrics");
        Line(page, Notice);
        Line(page);
        Line(page, "What `/metrics` of a silo, a gateway and Standalone (which has both) shows, in Prometheus' text form, in seconds and bytes. A");
        Line(page, "histogram has `_bucket`, `_sum` and `_count`, and appears with its first measurement. No metric has a label per client or per room.");
        Line(page, "Dashboards and alerts that use them: [deploy/](../../deploy).");
        Line(page);
        Line(page, "| Metric | Type | Labels | Meaning | Process |");
        Line(page, "|---|---|---|---|---|");
        foreach (var instrument in instruments)
            Line(page, $"| `{instrument.Name}` | {instrument.Type} | {instrument.Labels} | {Cell(instrument.Description)} | {instrument.Processes} |");
        return page.ToString();
    }

    private static string Readers(ProcessRole roles)
    {
        if (roles == ProcessRole.All)
            return "all";
        return string.Join(", ", new[] { ProcessRole.Silo, ProcessRole.Gateway, ProcessRole.Standalone }
            .Where(role => roles.HasFlag(role)).Select(role => role.ToString().ToLowerInvariant()));
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);

    private static void Line(StringBuilder page, string text = "") => page.Append(CultureInfo.InvariantCulture, $"{text}\n");
}
