// Answers for the silo it is on.
using Aetheris.Grains.Interfaces.Silos;
using Microsoft.Extensions.Hosting;

namespace Aetheris.Grains.Silos;

/// <summary>The grain of a silo.</summary>
[SiloByNamePlacement]
public sealed class SiloGrain(SiloDrain drain, SiloReports reports, SiloViews views, IClusterMembershipService membership, IHostEnvironment environment) : Grain, ISiloGrain
{
    private static readonly TimeSpan DrainBound = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan KillDelay = TimeSpan.FromMilliseconds(50);

    /// <inheritdoc />
    public Task<SiloReport> GetReportAsync() => Task.FromResult(drain.Report());

    /// <inheritdoc />
    public async Task<SiloReport> DrainAsync()
    {
        // Not awaited: a move may wait for this silo's answer to something else.
        _ = drain.RunAsync(DrainBound);
        await reports.TellAsync();
        return drain.Report();
    }

    /// <inheritdoc />
    public Task<bool> KillAsync()
    {
        if (!environment.IsDevelopment())
            return Task.FromResult(false);

        // The answer leaves first.
        _ = Task.Delay(KillDelay).ContinueWith(static _ => System.Diagnostics.Process.GetCurrentProcess().Kill(), TaskScheduler.Default);
        return Task.FromResult(true);
    }

    /// <inheritdoc />
    public Task HearAsync(SiloReport report)
    {
        foreach (var member in membership.CurrentSnapshot.Members.Values)
        {
            if (member.Status == SiloStatus.Active && string.Equals(member.Name, report.Silo, StringComparison.Ordinal))
                views.Take(member.SiloAddress, report);
        }

        return Task.CompletedTask;
    }
}
