// The one connection of this process to Redis.
using Aetheris.Hosting.Cluster;
using Aetheris.Hosting.Startup;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Aetheris.Hosting.Redis;

/// <summary>
/// Connects once for clustering, grain storage and probes. A Redis that is not there yet is waited for, for a bounded time; one that
/// goes away later is reconnected to for ever.
/// </summary>
internal sealed partial class RedisStore : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan ProgressEvery = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly IHostApplicationLifetime _lifetime;
    private readonly ILogger<RedisStore> _logger;
    private Task<IConnectionMultiplexer>? _connecting;

    public RedisStore(ClusterOptions options, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<RedisStore> logger, IEmbeddedStore? embedded = null)
    {
        _time = time;
        _lifetime = lifetime;
        _logger = logger;
        Configuration = RedisSettings.Parse(embedded?.ConnectionString ?? options.Redis!);
        Address = RedisSettings.Address(Configuration);
    }

    /// <summary>Settings of the connection; they may hold a password.</summary>
    public ConfigurationOptions Configuration { get; }

    /// <summary>Where the store is, without secrets.</summary>
    public string Address { get; }

    /// <summary>The connection, shared by all who ask.</summary>
    /// <exception cref="StartupException">It was not there in time, or it refuses us.</exception>
    public Task<IConnectionMultiplexer> ConnectAsync()
    {
        lock (_lock)
            return _connecting ??= ConnectCoreAsync(_lifetime.ApplicationStopping);
    }

    public async ValueTask DisposeAsync()
    {
        if (_connecting is { IsCompletedSuccessfully: true } connected)
            await (await connected).DisposeAsync();
    }

    private async Task<IConnectionMultiplexer> ConnectCoreAsync(CancellationToken stopping)
    {
        // Whoever asks first holds the lock: the rest happens outside it.
        await Task.Yield();
        var started = _time.GetTimestamp();
        var nextProgress = TimeSpan.Zero;
        while (true)
        {
            stopping.ThrowIfCancellationRequested();
            RedisConnectionException failure;
            try
            {
                return await ConnectionMultiplexer.ConnectAsync(Configuration);
            }
            catch (RedisConnectionException exception)
            {
                failure = exception;
            }

            if (failure.FailureType == ConnectionFailureType.AuthenticationFailure)
                throw new StartupException($"Redis at {Address} refuses this user or password ({RedisSettings.Key})", failure);
            var waited = _time.GetElapsedTime(started);
            if (waited > Patience)
                throw new StartupException($"Redis does not answer at {Address} ({RedisSettings.Key}) after {(int)waited.TotalSeconds} s", failure);
            if (waited >= nextProgress)
            {
                Waiting(_logger, Address, (int)waited.TotalSeconds, (int)Patience.TotalSeconds);
                nextProgress = waited + ProgressEvery;
            }

            await Task.Delay(Pause, _time, stopping);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "waiting for Redis at {Address} ({Waited} of {Patience} s)")]
    private static partial void Waiting(ILogger logger, string address, int waited, int patience);
}
