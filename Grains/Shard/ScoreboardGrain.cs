// Follows the shard's kills and answers who leads.
using Aetheris.Grains.Interfaces.Shard;
using Microsoft.Extensions.Logging;
using Orleans.Streams;
using Orleans.Streams.Core;

namespace Aetheris.Grains.Shard;

/// <summary>The grain of the scoreboard; the stream wakes it. It is stored every few seconds: a silo that dies may cost the last ones.</summary>
[ImplicitStreamSubscription(ShardStreams.Kills)]
public sealed partial class ScoreboardGrain : Grain, IScoreboardGrain, IStreamSubscriptionObserver
{
    private static readonly TimeSpan StorePeriod = TimeSpan.FromSeconds(5);

    private readonly IPersistentState<ScoreboardRecord> _record;
    private readonly TimeProvider _time;
    private readonly ILogger<ScoreboardGrain> _logger;
    private Scoreboard _scores = null!;
    private bool _isBehind;

    /// <summary>Created by Orleans.</summary>
    public ScoreboardGrain(
        [PersistentState("scoreboard", AetherisGrains.Storage)] IPersistentState<ScoreboardRecord> record,
        TimeProvider time,
        ILogger<ScoreboardGrain> logger)
    {
        _record = record;
        _time = time;
        _logger = logger;
    }

    /// <inheritdoc />
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _scores = new Scoreboard(_record.State);
        this.RegisterGrainTimer(static (grain, _) => grain.StoreAsync(), this, new GrainTimerCreationOptions { DueTime = StorePeriod, Period = StorePeriod });
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => StoreAsync();

    /// <inheritdoc />
    public Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory) => handleFactory.Create<KillReport>().ResumeAsync(OnKillsAsync);

    /// <inheritdoc />
    public Task<IReadOnlyList<Score>> GetLeadersAsync(int count) => Task.FromResult<IReadOnlyList<Score>>(_scores.Leaders(count));

    /// <inheritdoc />
    public Task<IReadOnlyList<KillNews>> GetKillsAsync(int count) => Task.FromResult<IReadOnlyList<KillNews>>(_scores.Kills(count));

    [LoggerMessage(Level = LogLevel.Warning, Message = "The scoreboard could not be stored ({Reason}); it is tried again")]
    private static partial void LogFailed(ILogger logger, string reason);

    private Task OnKillsAsync(KillReport report, StreamSequenceToken? token)
    {
        _isBehind |= _scores.Take(report, _time.GetUtcNow()) > 0;
        return Task.CompletedTask;
    }

    private async Task StoreAsync()
    {
        if (!_isBehind)
            return;
        _isBehind = false;
        try
        {
            await _record.WriteStateAsync();
        }
        catch (Exception exception)
        {
            _isBehind = true;
            LogFailed(_logger, exception.Message);
            await TakeTagAsync();
        }
    }

    // A storage that came back empty refuses what does not follow from it.
    private async Task TakeTagAsync()
    {
        var mine = _record.State;
        try
        {
            await _record.ReadStateAsync();
        }
        catch (Exception exception)
        {
            LogFailed(_logger, exception.Message);
        }

        _record.State = mine;
    }
}
