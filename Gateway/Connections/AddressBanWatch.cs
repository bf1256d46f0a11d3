// Keeps this gateway's banned addresses at what the shard's list says.
using Aetheris.Grains.Interfaces.Sessions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aetheris.Gateway.Connections;

/// <summary>
/// Asks twice a second, so that a ban acts within a second; unless something changed the answer is a number. A list that cannot be reached
/// changes nothing: nobody new is let in then anyway, since sessions cannot be reached either.
/// </summary>
public sealed partial class AddressBanWatch(IGrainFactory grains, BannedAddresses banned, TimeProvider time, ILogger<AddressBanWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private long _stamp;

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            do
                await AskAsync(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "The banned addresses in hand go on, the list cannot be reached: {Reason}")]
    private static partial void LogFailed(ILogger logger, string reason);

    private async Task AskAsync(CancellationToken stoppingToken)
    {
        try
        {
            var answer = await grains.GetGrain<IAddressBansGrain>(0).GetAsync(_stamp).WaitAsync(Patience, time, stoppingToken);
            if (answer.Bans is { } bans)
                banned.Use(bans);
            _stamp = answer.Stamp;
        }
        catch (Exception exception) when (exception is not (OutOfMemoryException or OperationCanceledException))
        {
            LogFailed(logger, exception.Message);
        }
    }
}
