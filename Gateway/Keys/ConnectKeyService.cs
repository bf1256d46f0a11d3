// Follows the cluster's connect keys while the gateway runs.
using Aetheris.Auth;
using Aetheris.Auth.Connect;
using Aetheris.Hosting.Startup;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aetheris.Gateway.Keys;

/// <summary>
/// Needs the keys before it counts as started, unless they are configured. A store that is away later changes nothing: the keys in hand go
/// on.
/// </summary>
internal sealed partial class ConnectKeyService(ConnectKeyRing ring, ConnectKeyStore keys, TimeProvider time, ILogger<ConnectKeyService> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);
    private bool _isWarned;

    /// <inheritdoc />
    /// <exception cref="StartupException">The record is sealed with another secret.</exception>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (ring.IsReady)
            return;
        if (!await keys.RefreshAsync().WaitAsync(cancellationToken))
        {
            throw new StartupException(
                $"{AuthOptions.Section}:{nameof(AuthOptions.ClusterSecret)} does not open the connect keys that this cluster keeps in Redis: all gateways need the same");
        }

        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await RefreshAsync();
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }

    private async Task RefreshAsync()
    {
        try
        {
            if (await keys.RefreshAsync())
            {
                _isWarned = false;
                return;
            }

            Warn("it is sealed with another secret");
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            Warn(exception.Message);
        }
    }

    private void Warn(string reason)
    {
        if (!_isWarned)
            NotRead(logger, reason);
        _isWarned = true;
    }

    [LoggerMessage(EventId = 2030, Level = LogLevel.Warning, Message = "The cluster's connect keys cannot be read, those in hand go on: {Reason}")]
    private static partial void NotRead(ILogger logger, string reason);
}
