// The silo's clock: a few threads that tick the rooms at their deadlines.
using Aetheris.Grains.Interfaces.Tracing;
using Aetheris.Grains.Metrics;
using Microsoft.Extensions.Logging;

namespace Aetheris.Grains.Ticking;

/// <summary>
/// One thread per core, at most two, ticking rooms directly at absolute deadlines, each room with a phase of its own
/// (DESIGN §6). Rooms come and go at any time. An exception in a tick stops that room only.
/// </summary>
public sealed partial class TickClock : IDisposable
{
    private const int MostThreads = 2;

    // A thread that waits for a far deadline looks up this often, so that an earlier newcomer is not missed.
    private const long LongestWait = 20_000_000;

    private readonly TickQueue _queue = new();
    private readonly ITickWaiter _waiter;
    private readonly GrainMetrics _metrics;
    private readonly ILogger<TickClock> _logger;
    private readonly bool _realtime;
    private readonly Thread[] _threads;

    /// <summary>Starts the clock.</summary>
    /// <param name="waiter">Time and waiting.</param>
    /// <param name="metrics">Where lateness and given-up deadlines are counted.</param>
    /// <param name="logger">Where faults of rooms are logged, once per room.</param>
    /// <param name="realtime">Ask for SCHED_FIFO.</param>
    public TickClock(ITickWaiter waiter, GrainMetrics metrics, ILogger<TickClock> logger, bool realtime)
    {
        _waiter = waiter;
        _metrics = metrics;
        _logger = logger;
        _realtime = realtime;
        _threads = new Thread[Math.Min(MostThreads, Environment.ProcessorCount)];
        for (var i = 0; i < _threads.Length; i++)
        {
            _threads[i] = new Thread(Run) { IsBackground = true, Name = "aetheris-tick-" + i, Priority = ThreadPriority.Highest };
            _threads[i].Start();
        }
    }

    /// <summary>Monotonic time in nanoseconds.</summary>
    public long Now => _waiter.Now;

    /// <summary>Targets that tick.</summary>
    public int Count => _queue.Count;

    /// <summary>Begins to tick a target.</summary>
    /// <param name="target">What ticks.</param>
    /// <param name="period">Time between ticks.</param>
    /// <param name="firstDeadline">First deadline on <see cref="Now"/>'s scale, or null for a phase of its own.</param>
    public TickRegistration Register(ITickTarget target, TimeSpan period, long? firstDeadline = null) =>
        _queue.Register(target, period.Ticks * 100, _waiter.Now, firstDeadline);

    /// <summary>Ends a target's ticks and waits until a running one has ended. Blocks; not for use on the target's own tick.</summary>
    /// <returns>False when the tick still ran after <paramref name="timeout"/>.</returns>
    public bool Unregister(TickRegistration registration, TimeSpan timeout) => _queue.Remove(registration, timeout);

    /// <inheritdoc />
    public void Dispose()
    {
        _queue.Stop();
        foreach (var thread in _threads)
            thread.Join(TimeSpan.FromSeconds(1));
    }

    /// <summary>Waits for a registration that was taken and ticks it; gives it back when an earlier one turns up.</summary>
    internal static void RunOne(TickQueue queue, ITickWaiter waiter, TickRegistration taken, GrainMetrics metrics, ILogger logger)
    {
        var now = waiter.Now;
        while (now < taken.NextDeadline)
        {
            waiter.WaitUntil(Math.Min(taken.NextDeadline, now + LongestWait));
            now = waiter.Now;
            if (now < taken.NextDeadline && !queue.IsEarliest(taken))
            {
                queue.Return(taken);
                return;
            }
        }

        var givenUp = taken.GivenUp;
        if (!queue.TryBegin(taken, now, out var moment))
            return;
        metrics.TickLateness.Record(moment.Lateness * 1e-9);
        if (moment.GivenUp > givenUp)
            metrics.TickOverruns.Add(moment.GivenUp - givenUp);
        Exception? fault = null;
        try
        {
            taken.Target.Tick(moment);
        }
        catch (Exception exception)
        {
            fault = exception;
        }

        queue.End(taken, fault is not null);
        if (fault is not null)
            Report(taken.Target, fault, metrics, logger);
    }

    private static void Report(ITickTarget target, Exception fault, GrainMetrics metrics, ILogger logger)
    {
        metrics.RoomFaults.Add(1);
        LogFault(logger, fault, target.ToString() ?? string.Empty);
        try
        {
            target.OnFault(fault);
        }
        catch (Exception exception)
        {
            LogFault(logger, exception, target.ToString() ?? string.Empty);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Room {Room} threw in its tick and is stopped")]
    private static partial void LogFault(ILogger logger, Exception exception, string room);

    [LoggerMessage(Level = LogLevel.Information, Message = "Clock thread priority: {Priority}")]
    private static partial void LogPriority(ILogger logger, string priority);

    private void Run()
    {
        _waiter.PrepareThread();
        Spans.KeepThreadQuiet();
        if (_realtime)
        {
            var priority = RealtimePriority.RaiseCallingThread();
            LogPriority(_logger, priority);
        }

        while (_queue.TryTake(block: true, out var taken))
            RunOne(_queue, _waiter, taken, _metrics, _logger);
    }
}
