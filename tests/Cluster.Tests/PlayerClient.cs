// A player of the SDK in the test's own process, polled while the test waits.
using System.Diagnostics;
using Aetheris.Client;
using Aetheris.Client.Connection;
using Aetheris.Client.Matching;
using Aetheris.Client.Time;

namespace Aetheris.Cluster.Tests;

internal sealed class PlayerClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly HttpClient _http = new();
    private readonly MatchClient _match;

    public PlayerClient(string http, string room, Func<IMatchmaker, IMatchmaker>? through = null)
        : this(http, new ClientOptions { Room = room }, through)
    {
    }

    public PlayerClient(string http, ClientOptions options, Func<IMatchmaker, IMatchmaker>? through = null, string? accessToken = null, string guestName = "tester")
    {
        _match = new MatchClient(_http, http, guestName, accessToken);
        Client = new AetherisClient(options, through?.Invoke(_match) ?? _match, StopwatchClock.Instance);
        Client.Start();
    }

    public AetherisClient Client { get; }

    /// <summary>The token of the sign-in, once there was one.</summary>
    public string? AccessToken => _match.AccessToken;

    public Task<TimeSpan> WaitUntilInRoomAsync() =>
        WaitUntilAsync(() => Client.State == ClientState.InRoom && Client.View.OwnShip.Value != 0, "in the room");

    /// <summary>Polls this client and others until something holds; fails after a bound.</summary>
    /// <returns>How long it took.</returns>
    public async Task<TimeSpan> WaitUntilAsync(Func<bool> holds, string what, params PlayerClient[] others)
    {
        var started = Stopwatch.GetTimestamp();
        while (!holds())
        {
            if (Stopwatch.GetElapsedTime(started) > Patience)
                throw new TimeoutException($"not {what} after {Patience.TotalSeconds} s: {Client.State}, {Client.LastFailure?.Text}");
            await PollAsync(others);
        }

        return Stopwatch.GetElapsedTime(started);
    }

    /// <summary>Polls for a while.</summary>
    public async Task PollForAsync(TimeSpan time, params PlayerClient[] others)
    {
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < time)
            await PollAsync(others);
    }

    /// <summary>Polls until a task ends, and passes its failure on.</summary>
    public async Task WaitUntilEndedAsync(Task task)
    {
        while (!task.IsCompleted)
            await PollAsync([]);
        await task;
    }

    /// <summary>Polls until a task ends; its result.</summary>
    public async Task<T> WaitForAsync<T>(Task<T> task)
    {
        await WaitUntilEndedAsync(task);
        return await task;
    }

    public void Dispose()
    {
        Client.Dispose();
        _http.Dispose();
    }

    private async Task PollAsync(PlayerClient[] others)
    {
        Client.Poll();
        foreach (var other in others)
            other.Client.Poll();
        await Task.Delay(1);
    }
}
