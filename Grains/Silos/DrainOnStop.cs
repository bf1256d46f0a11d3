// A graceful stop moves every room away before the silo leaves.
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aetheris.Grains.Silos;

/// <summary>
/// Registered after the silo, so that it stops first: Orleans by itself moves nothing (DESIGN §6). The exit code says whether it managed.
/// </summary>
public sealed partial class DrainOnStop(SiloDrain drain, SiloReports reports, ILogger<DrainOnStop> logger) : IHostedService
{
    private const int ExitCodeOfLeftRooms = 3;

    // Leaves the rest of the 15 s of a stop to the silo itself.
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(9);

    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        var running = drain.RunAsync(Bound);
        await reports.TellAsync();
        var result = await running;
        if (result.IsComplete)
            return;
        LogLeft(logger, result.Left);
        Environment.ExitCode = ExitCodeOfLeftRooms;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Left} rooms could not be moved away: they come back on another silo from their snapshots and their gateways' logs")]
    private static partial void LogLeft(ILogger logger, int left);
}
