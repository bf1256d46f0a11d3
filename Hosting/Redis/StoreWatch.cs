// Knows whether the store answers, without asking it when somebody else asks.
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aetheris.Hosting.Redis;

/// <summary>Looks at the store once a second. A store that is away is logged once and once again when it is back.</summary>
internal sealed partial class StoreWatch(RedisStore store, IStoreLook look, TimeProvider time, ILogger<StoreWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LookTime = TimeSpan.FromSeconds(1);

    // Two missed looks: one alone is a slow disk or a busy machine.
    private static readonly TimeSpan AwayAfter = TimeSpan.FromSeconds(3);

    private long _lastAnswer = time.GetTimestamp();
    private bool _away;

    /// <summary>Where the store is, without secrets.</summary>
    public string Address => store.Address;

    /// <summary>How long the store has not answered; zero while it does.</summary>
    public TimeSpan Away
    {
        get
        {
            var silent = time.GetElapsedTime(Volatile.Read(ref _lastAnswer));
            return silent < AwayAfter ? TimeSpan.Zero : silent;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            var connection = await store.ConnectAsync().WaitAsync(stoppingToken);
            Volatile.Write(ref _lastAnswer, time.GetTimestamp());
            using var timer = new PeriodicTimer(Period, time);
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await LookAsync(connection.GetDatabase(), stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task LookAsync(StackExchange.Redis.IDatabase database, CancellationToken stopping)
    {
        string? failure = null;
        try
        {
            await look.LookAsync(database).WaitAsync(LookTime, time, stopping);
            Volatile.Write(ref _lastAnswer, time.GetTimestamp());
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !stopping.IsCancellationRequested)
        {
            failure = exception.Message;
        }

        var away = Away > TimeSpan.Zero;
        if (away && !_away)
            LogAway(logger, store.Address, failure ?? "no answer");
        else if (!away && _away)
            LogBack(logger, store.Address);
        _away = away;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Redis at {Address} does not answer: play goes on, but nothing becomes durable until it does ({Failure})")]
    private static partial void LogAway(ILogger logger, string address, string failure);

    [LoggerMessage(Level = LogLevel.Information, Message = "Redis at {Address} answers again")]
    private static partial void LogBack(ILogger logger, string address);
}
