// The shard's news as this gateway serves them.
using Aetheris.Grains.Interfaces.Shard;

namespace Aetheris.Gateway.Http;

/// <summary>Asks the scoreboard at most once per second, however many ask here. Thread-safe.</summary>
public sealed class ShardNews(IGrainFactory grains, TimeProvider time)
{
    /// <summary>Most rows that anybody gets.</summary>
    public const int MaxRows = 100;

    private readonly Cached<Score> _leaders = new(time);
    private readonly Cached<KillNews> _kills = new(time);

    /// <summary>The leaderboard, best first.</summary>
    public Task<IReadOnlyList<Score>> LeadersAsync() => _leaders.GetAsync(() => Scoreboard.GetLeadersAsync(MaxRows));

    /// <summary>The last kills, newest first.</summary>
    public Task<IReadOnlyList<KillNews>> KillsAsync() => _kills.GetAsync(() => Scoreboard.GetKillsAsync(MaxRows));

    private IScoreboardGrain Scoreboard => grains.GetGrain<IScoreboardGrain>(ShardStreams.Key);

    private sealed class Cached<T>(TimeProvider time)
    {
        private static readonly TimeSpan Age = TimeSpan.FromSeconds(1);

        private readonly Lock _lock = new();
        private Task<IReadOnlyList<T>>? _answer;
        private long _askedAt;

        public Task<IReadOnlyList<T>> GetAsync(Func<Task<IReadOnlyList<T>>> ask)
        {
            lock (_lock)
            {
                if (_answer is null || _answer.IsFaulted || time.GetElapsedTime(_askedAt) >= Age)
                {
                    _askedAt = time.GetTimestamp();
                    _answer = ask();
                }

                return _answer;
            }
        }
    }
}
