// The one thread that owns every connection and every room link.
using System.Collections.Concurrent;
using System.Diagnostics;
using Aetheris.Grains.Interfaces.Tracing;
using Microsoft.Extensions.Logging;

namespace Aetheris.Gateway.Edge;

/// <summary>
/// Runs the edge's steps in order, round after round, and sleeps at most 1 ms between rounds unless woken.
/// Other threads only enqueue and <see cref="Wake"/>; nothing of a connection or a link is locked.
/// </summary>
public sealed class EdgeLoop : IDisposable
{
    private const int MaxPosted = 16 * 1024;
    private const int SleepMilliseconds = 1;

    private readonly List<IEdgeStep> _steps = [];
    private readonly HashSet<IEdgeStep> _logged = [];
    private readonly ConcurrentQueue<Action> _posted = new();
    private readonly AutoResetEvent _signal = new(initialState: false);
    private readonly EdgeClock _clock;
    private readonly GatewayMetrics _metrics;
    private readonly ILogger _logger;
    private Thread? _thread;
    private int _postedCount;
    private int _woken;
    private volatile bool _stopping;

    /// <summary>Creates a loop that does not run yet.</summary>
    public EdgeLoop(EdgeClock clock, GatewayMetrics metrics, ILogger<EdgeLoop> logger)
    {
        _clock = clock;
        _metrics = metrics;
        _logger = logger;
    }

    /// <summary>Rounds done.</summary>
    public long Rounds { get; private set; }

    /// <summary>Adds a step at the end of the round. Before <see cref="Start"/> only.</summary>
    /// <exception cref="InvalidOperationException">The loop runs.</exception>
    public void Add(IEdgeStep step)
    {
        if (_thread is not null)
            throw new InvalidOperationException("steps are fixed once the loop runs");
        _steps.Add(step);
    }

    /// <summary>Starts the thread.</summary>
    public void Start()
    {
        _metrics.Begin();
        _thread = new Thread(Run) { Name = "aetheris-edge", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Ends the thread after its current round.</summary>
    public void Stop()
    {
        _stopping = true;
        _signal.Set();
        _thread?.Join();
    }

    /// <summary>Begins the next round at once. Any thread.</summary>
    public void Wake()
    {
        if (Interlocked.Exchange(ref _woken, 1) == 0)
            _signal.Set();
    }

    /// <summary>Runs work on the edge thread. Any thread. False when too much is waiting.</summary>
    public bool TryPost(Action work)
    {
        if (Interlocked.Increment(ref _postedCount) > MaxPosted)
        {
            Interlocked.Decrement(ref _postedCount);
            _metrics.Drop("post_queue_full");
            return false;
        }

        _posted.Enqueue(work);
        Wake();
        return true;
    }

    /// <summary>Runs work on the edge thread and completes with its result.</summary>
    public Task<T> InvokeAsync<T>(Func<T> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var posted = TryPost(() =>
        {
            try
            {
                done.SetResult(work());
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                done.SetException(exception);
            }
        });
        if (!posted)
            done.SetException(new InvalidOperationException("the edge thread is overloaded"));
        return done.Task;
    }

    /// <summary>One round. The thread calls it; tests may call it instead of <see cref="Start"/>.</summary>
    public void RunRound()
    {
        Volatile.Write(ref _woken, 0);
        for (var i = 0; i < 1024 && _posted.TryDequeue(out var work); i++)
        {
            Interlocked.Decrement(ref _postedCount);
            Contain(work);
        }

        foreach (var step in _steps)
        {
            try
            {
                step.Step(_clock.Now);
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                _metrics.EdgeErrors.Add(1);
                if (_logged.Add(step))
                    EdgeLog.Contained(_logger, step.GetType().Name, exception);
            }
        }

        Rounds++;
    }

    /// <inheritdoc />
    /// <remarks>A host whose start failed disposes of what it had started without stopping it.</remarks>
    public void Dispose()
    {
        Stop();
        _signal.Dispose();
    }

    private void Contain(Action work)
    {
        try
        {
            work();
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            _metrics.EdgeErrors.Add(1);
            EdgeLog.Contained(_logger, "posted work", exception);
        }
    }

    private void Run()
    {
        Spans.KeepThreadQuiet();
        while (!_stopping)
        {
            var start = Stopwatch.GetTimestamp();
            RunRound();
            _metrics.AddBusy(Stopwatch.GetElapsedTime(start));
            _signal.WaitOne(SleepMilliseconds);
        }
    }
}
