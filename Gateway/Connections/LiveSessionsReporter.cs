// Answers operators who ask who is connected here.
using Aetheris.Gateway.Edge;
using Aetheris.Grains.Interfaces.Sessions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aetheris.Gateway.Connections;

/// <summary>Tells the cluster every few seconds where this gateway can be asked; the work is done only when somebody does.</summary>
public sealed partial class LiveSessionsReporter(
    IGrainFactory grains, GatewayIdentity gateway, EdgeLoop loop, ConnectionSet connections, TimeProvider time, ILogger<LiveSessionsReporter> logger)
    : BackgroundService, ILiveSessionsObserver
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private ILiveSessionsGrain List => grains.GetGrain<ILiveSessionsGrain>(gateway.Id.ToString());

    /// <inheritdoc />
    public async Task AskAsync(int question)
    {
        try
        {
            var sessions = await loop.InvokeAsync(() => connections.ListSessions()).WaitAsync(Patience, time);
            await List.AnswerAsync(question, sessions);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            LogFailed(logger, exception.Message);
        }
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        ILiveSessionsObserver? reference = null;
        try
        {
            do
            {
                try
                {
                    reference ??= grains.CreateObjectReference<ILiveSessionsObserver>(this);
                    await List.RegisterAsync(reference).WaitAsync(Patience, time, stoppingToken);
                }
                catch (Exception exception) when (exception is not (OutOfMemoryException or OperationCanceledException))
                {
                    LogFailed(logger, exception.Message);
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Operators cannot see the sessions of this gateway at the moment: {Reason}")]
    private static partial void LogFailed(ILogger logger, string reason);
}
