// A graceful stop moves every room away before the silo leaves.
using Aetheris.Grains.Rooms;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aetheris.Grains.Silos;

/// <summary>
/// Registered after the silo, so that it stops first: Orleans by itself moves nothing (DESIGN §6). The exit code says whether it managed.
/// </summary>
public sealed partial class DrainOnStop(
    SiloDrain drain, SiloReports reports, RoomHosting rooms, IHostApplicationLifetime lifetime, ILogger<DrainOnStop> logger)
    : IHostedService
{
    private const int ExitCodeOfLeftRooms = 3;

    // Leaves the rest of the 15 s of a stop to the silo itself.
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(9);

    private bool _hasRoomsLeft;

    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStopped.Register(JudgeLast);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        var running = drain.RunAsync(Bound);
        await reports.TellAsync();
        var result = await running;
        _hasRoomsLeft = result.Left > 0;
        if (result.IsComplete)
            return;
        LogLeft(logger, result.Left);
        Environment.ExitCode = ExitCodeOfLeftRooms;
    }

    // Rooms without another silo to go to are stored when the silo itself stops, which is after this service.
    private void JudgeLast()
    {
        var left = rooms.Registry.Count;
        if (!_hasRoomsLeft || rooms.IsForgetting || (left == 0 && rooms.Health.FailingSince is null))
            return;
        LogNotStored(logger, left);
        Environment.ExitCode = ExitCodeOfLeftRooms;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Not every room was stored at the end ({Left} did not close): they go on from an earlier snapshot")]
    private static partial void LogNotStored(ILogger logger, int left);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Left} rooms could not be moved away: they come back on another silo from their snapshots and their gateways' logs")]
    private static partial void LogLeft(ILogger logger, int left);
}
