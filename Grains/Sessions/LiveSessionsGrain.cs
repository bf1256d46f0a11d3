// Who is connected to one gateway.
using Aetheris.Grains.Interfaces.Sessions;
using Orleans.Concurrency;

namespace Aetheris.Grains.Sessions;

/// <summary>The grain between operators and a gateway; reentrant, because the answer comes while the question waits.</summary>
[Reentrant]
public sealed class LiveSessionsGrain : Grain, ILiveSessionsGrain
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Dictionary<int, TaskCompletionSource<LiveSession[]>> _asked = [];
    private readonly TimeProvider _time;
    private ILiveSessionsObserver? _gateway;
    private int _last;

    /// <summary>Created by Orleans.</summary>
    public LiveSessionsGrain(TimeProvider time) => _time = time;

    /// <inheritdoc />
    public Task RegisterAsync(ILiveSessionsObserver gateway)
    {
        _gateway = gateway;
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<LiveSession>> ListAsync()
    {
        if (_gateway is not { } gateway)
            return [];
        var question = ++_last;
        var answer = new TaskCompletionSource<LiveSession[]>(TaskCreationOptions.RunContinuationsAsynchronously);
        _asked.Add(question, answer);
        try
        {
            await gateway.AskAsync(question);
            return await answer.Task.WaitAsync(Patience, _time);
        }
        catch (TimeoutException)
        {
            return [];
        }
        finally
        {
            _asked.Remove(question);
        }
    }

    /// <inheritdoc />
    public Task AnswerAsync(int question, LiveSession[] sessions)
    {
        if (_asked.TryGetValue(question, out var asked))
            asked.TrySetResult(sessions);
        return Task.CompletedTask;
    }
}
