// A gateway that starts before its silo waits for it.
using Aetheris.Hosting.Startup;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Aetheris.Hosting.Cluster;

internal sealed partial class SiloRetry(SiloPlace silo, TimeProvider time, ILogger<SiloRetry> log) : IClientConnectionRetryFilter
{
    // Longer than a cold silo needs to start beside us, shorter than the patience of whoever started both.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan ProgressEvery = TimeSpan.FromSeconds(5);

    private readonly long _started = time.GetTimestamp();
    private TimeSpan _nextProgress = TimeSpan.Zero;

    public async Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken)
    {
        // Whoever threw this has waited long enough already.
        if (exception is StartupException)
            return false;
        var waited = time.GetElapsedTime(_started);
        if (waited > Patience)
        {
            throw new StartupException(
                $"no silo answers {silo.Where} ({silo.Key}) after {(int)waited.TotalSeconds} s: start a silo first", exception);
        }

        if (waited >= _nextProgress)
        {
            Waiting(silo.Where, (int)waited.TotalSeconds, (int)Patience.TotalSeconds);
            _nextProgress = waited + ProgressEvery;
        }

        await Task.Delay(Pause, time, cancellationToken);
        return true;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "waiting for a silo {Where} ({Waited} of {Patience} s)")]
    private partial void Waiting(string where, int waited, int patience);
}
