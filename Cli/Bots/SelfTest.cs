// Proves that the bots' figures can report a failure: a clean run that reports none, then a run with planted faults.
namespace Aetheris.Cli.Bots;

/// <summary>Runs twice and prints one line per fault.</summary>
internal static class SelfTest
{
    /// <summary>Runs the self-test.</summary>
    /// <returns>The report of the run with faults, the verdicts, and whether everything was as it must be.</returns>
    public static async Task<(BotsReport Report, IReadOnlyList<(string Fault, bool Found)> Results, bool Passed)> RunAsync(
        BotsOptions options, TextWriter progress, CancellationToken cancellation)
    {
        BotsReport control;
        using (var run = new BotsRun(options, progress, faults: null))
            control = await run.RunAsync(cancellation);
        var isClean = IsClean(control);

        var faults = new FaultPlan();
        BotsReport report;
        using (var run = new BotsRun(options with { Rooms = [.. options.Rooms.Select(SecondRoom)] }, progress, faults))
            report = await run.RunAsync(cancellation);

        progress.WriteLine("self-test: run without faults " + (isClean ? "reports none" : "REPORTS FAULTS"));
        foreach (var (fault, found) in faults.Results)
            progress.WriteLine("self-test: " + fault + (found ? " found" : " NOT FOUND"));
        return (report, [.. faults.Results, ("clean_without_faults", isClean)], isClean && faults.Results.All(r => r.Found));
    }

    private static string SecondRoom(string room) => room.StartsWith("bots-", StringComparison.Ordinal) && room.Length <= 60 ? room + "-b" : room;

    /// <summary>Under impairment, acknowledgements and inputs may go missing on the way: only what must never happen is judged then.</summary>
    private static bool IsClean(BotsReport report) =>
        report.Failed == 0
        && report.Desync is { Desyncs: 0 }
        && report.Inputs.Lost == 0
        && report.Inputs.ChainMismatches == 0
        && report.Inputs.Acked > 0
        && (report.Options.IsImpaired || (report.Inputs.Unreceived == 0 && report.AcksMissing == 0));
}
