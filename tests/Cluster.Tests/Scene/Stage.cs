// Polls all clients of a scene together until something was seen.
using System.Diagnostics;
using Aetheris.Client.Connection;

namespace Aetheris.Cluster.Tests.Scene;

internal sealed class Stage(string http) : IDisposable
{
    private readonly List<Actor> _actors = [];

    public Actor Enter(string name, ClientOptions options)
    {
        var actor = new Actor(name, http, options);
        _actors.Add(actor);
        return actor;
    }

    /// <summary>Polls until a step is not missing any more; fails with its name and what was seen instead.</summary>
    /// <param name="step">Its name.</param>
    /// <param name="patience">How long it may take.</param>
    /// <param name="missing">What is missing, null once nothing is; asked whenever anything arrived.</param>
    public async Task UntilAsync(string step, TimeSpan patience, Func<string?> missing)
    {
        var started = Stopwatch.GetTimestamp();
        while (missing() is { } what)
        {
            do
            {
                if (Stopwatch.GetElapsedTime(started) > patience)
                    throw new StepNotSeenException($"{step}: not within {patience.TotalSeconds} s: {what}\n{string.Join('\n', _actors)}");
                await Task.Delay(1);
            }
            while (!PollAll(step));
        }
    }

    /// <summary>Polls for a while.</summary>
    public async Task ForAsync(string step, TimeSpan time)
    {
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < time)
        {
            PollAll(step);
            await Task.Delay(1);
        }
    }

    public void Dispose()
    {
        foreach (var actor in _actors)
            actor.Dispose();
    }

    private bool PollAll(string step)
    {
        var arrived = false;
        foreach (var actor in _actors)
        {
            arrived |= actor.Poll();

            // What was seen before a lost connection would no longer be the whole story.
            if (actor.Client.LastFailure is not null)
                throw new StepNotSeenException($"{step}: a client was disturbed: {actor}");
        }

        return arrived;
    }
}
