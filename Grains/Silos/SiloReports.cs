// Asks the other silos how they are.
using Aetheris.Grains.Interfaces.Silos;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aetheris.Grains.Silos;

/// <summary>Every two seconds one small call to each other silo, and to this one's own figures; a silo that does not answer keeps its last report.</summary>
public sealed partial class SiloReports(
    IGrainFactory grains, IClusterMembershipService membership, ILocalSiloDetails self, SiloDrain drain, SiloViews views, TimeProvider time, ILogger<SiloReports> logger)
    : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(1);

    /// <summary>Members that are active, with their names.</summary>
    public IReadOnlyList<ClusterMember> ActiveMembers() =>
        [.. membership.CurrentSnapshot.Members.Values.Where(static member => member.Status == SiloStatus.Active)];

    /// <summary>Asks all once.</summary>
    public async Task RefreshAsync()
    {
        var members = ActiveMembers();
        views.Keep(members.Select(static member => member.SiloAddress).ToHashSet());
        views.Take(self.SiloAddress, drain.Report());
        await Task.WhenAll(members.Where(member => !member.SiloAddress.Equals(self.SiloAddress)).Select(AskAsync));
    }

    /// <summary>Tells all others how this silo is.</summary>
    public Task TellAsync() => Task.WhenAll(ActiveMembers().Where(member => !member.SiloAddress.Equals(self.SiloAddress)).Select(TellAsync));

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            do
            {
                await RefreshAsync();
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }

    private async Task AskAsync(ClusterMember member)
    {
        try
        {
            views.Take(member.SiloAddress, await grains.GetGrain<ISiloGrain>(member.Name).GetReportAsync().WaitAsync(CallTimeout, time));
        }
        catch (Exception exception)
        {
            LogSilent(logger, exception, member.Name);
        }
    }

    private async Task TellAsync(ClusterMember member)
    {
        try
        {
            await grains.GetGrain<ISiloGrain>(member.Name).HearAsync(drain.Report()).WaitAsync(CallTimeout, time);
        }
        catch (Exception exception)
        {
            LogSilent(logger, exception, member.Name);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Silo {Silo} did not answer")]
    private static partial void LogSilent(ILogger logger, Exception exception, string silo);
}
