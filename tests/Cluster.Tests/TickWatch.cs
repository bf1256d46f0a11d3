// Watches the ticks of several rooms, to measure how long one stands still.
using System.Diagnostics;
using Aetheris.Client;
using Aetheris.Client.Connection;

namespace Aetheris.Cluster.Tests;

/// <summary>One spectator per room, polled while the test waits.</summary>
internal sealed class TickWatch : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly List<PlayerClient> _watchers;
    private readonly ulong[] _ticks;
    private readonly long[] _since;

    public TickWatch(string http, IEnumerable<string> rooms)
    {
        _watchers = [.. rooms.Select(room => new PlayerClient(http, new ClientOptions { Room = room, Spectate = true }))];
        _ticks = new ulong[_watchers.Count];
        _since = new long[_watchers.Count];
    }

    /// <summary>Waits until every room is seen ticking.</summary>
    public async Task BeginAsync()
    {
        var started = Stopwatch.GetTimestamp();
        while (!_watchers.TrueForAll(watcher => watcher.Client.State == ClientState.InRoom && watcher.Client.View.NewestTick > 0))
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < Patience, "not every room is seen");
            await PollAsync();
        }
    }

    /// <summary>The longest time for which any of the rooms stood still, within a time that goes on until all of them tick again.</summary>
    public async Task<double> LongestGapMsAsync(TimeSpan time)
    {
        var longest = TimeSpan.Zero;
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < _watchers.Count; i++)
            _since[i] = started;
        while (Stopwatch.GetElapsedTime(started) < time || Standing())
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < Patience, "a room does not tick any more");
            await PollAsync();
            for (var i = 0; i < _watchers.Count; i++)
            {
                var still = Stopwatch.GetElapsedTime(_since[i]);
                longest = still > longest ? still : longest;
                if (_watchers[i].Client.View.NewestTick == _ticks[i])
                    continue;
                _ticks[i] = _watchers[i].Client.View.NewestTick;
                _since[i] = Stopwatch.GetTimestamp();
            }
        }

        return longest.TotalMilliseconds;
    }

    /// <summary>Keeps the spectators connected until a task ends.</summary>
    public async Task PollUntilAsync(Task task)
    {
        while (!task.IsCompleted)
            await PollAsync();
    }

    public void Dispose() => _watchers.ForEach(watcher => watcher.Dispose());

    private bool Standing() => Array.Exists(_since, since => Stopwatch.GetElapsedTime(since) > TimeSpan.FromMilliseconds(500));

    private async Task PollAsync()
    {
        _watchers.ForEach(watcher => watcher.Client.Poll());
        await Task.Delay(2);
    }
}
