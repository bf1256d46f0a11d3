// Which target ticks next: registrations ordered by deadline, shared by the clock's threads.
namespace Aetheris.Grains.Ticking;

/// <summary>
/// Registrations by deadline. A thread takes the earliest, waits for its deadline, ticks it and returns it. One lock, held for
/// moments; the waiting and the tick happen outside of it.
/// </summary>
public sealed class TickQueue
{
    /// <summary>Fraction of a period between the phases of consecutive registrations: the golden ratio spreads any number of them evenly.</summary>
    private const double PhaseStep = 0.6180339887498949;

    private readonly object _lock = new();
    private readonly PriorityQueue<TickRegistration, long> _waiting = new();
    private int _registered;
    private int _idleThreads;
    private bool _stopped;

    /// <summary>Registrations that wait, tick or are about to.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a target.</summary>
    /// <param name="target">What ticks.</param>
    /// <param name="period">Nanoseconds between ticks.</param>
    /// <param name="now">Monotonic time.</param>
    /// <param name="firstDeadline">First deadline, or null for a phase of its own within the next period.</param>
    public TickRegistration Register(ITickTarget target, long period, long now, long? firstDeadline)
    {
        lock (_lock)
        {
            var phase = _registered++ * PhaseStep % 1;
            var registration = new TickRegistration(target, new TickSchedule(firstDeadline ?? now + (long)(phase * period), period));
            Count++;
            _waiting.Enqueue(registration, registration.NextDeadline);
            if (_idleThreads > 0)
                Monitor.PulseAll(_lock);
            return registration;
        }
    }

    /// <summary>Removes a target; it is not ticked again. Waits for a tick that runs just now, unless that tick is the caller.</summary>
    /// <param name="registration">From <see cref="Register"/>; removing twice is harmless.</param>
    /// <param name="timeout">Longest wait.</param>
    /// <returns>False when its tick still ran at the end of the wait.</returns>
    public bool Remove(TickRegistration registration, TimeSpan timeout)
    {
        lock (_lock)
        {
            if (!registration.Removed)
            {
                registration.Removed = true;
                Count--;
                _waiting.Remove(registration, out _, out _);
            }

            var end = Environment.TickCount64 + (long)timeout.TotalMilliseconds;
            while (registration.Running && registration.RunningThread != Environment.CurrentManagedThreadId)
            {
                var left = end - Environment.TickCount64;
                if (left <= 0 || !Monitor.Wait(_lock, (int)Math.Min(left, int.MaxValue)))
                    return !registration.Running;
            }

            return true;
        }
    }

    /// <summary>Takes the earliest registration, to wait for it.</summary>
    /// <param name="block">Wait while there is none.</param>
    /// <param name="registration">The registration.</param>
    /// <returns>False when the queue is stopped, or empty and not waited for.</returns>
    public bool TryTake(bool block, out TickRegistration registration)
    {
        lock (_lock)
        {
            while (!_stopped)
            {
                if (_waiting.TryDequeue(out var earliest, out _))
                {
                    registration = earliest;
                    return true;
                }

                if (!block)
                    break;
                _idleThreads++;
                Monitor.Wait(_lock);
                _idleThreads--;
            }

            registration = null!;
            return false;
        }
    }

    /// <summary>Whether another registration is due before one that was taken; then it is returned untouched and the other taken first.</summary>
    public bool IsEarliest(TickRegistration taken)
    {
        lock (_lock)
            return _stopped || !_waiting.TryPeek(out _, out var deadline) || deadline >= taken.NextDeadline;
    }

    /// <summary>Begins the tick of a registration that was taken.</summary>
    /// <returns>False when it was removed meanwhile.</returns>
    public bool TryBegin(TickRegistration taken, long now, out TickMoment moment)
    {
        lock (_lock)
        {
            if (taken.Removed || _stopped)
            {
                moment = default;
                return false;
            }

            moment = taken.Take(now);
            taken.Running = true;
            taken.RunningThread = Environment.CurrentManagedThreadId;
            return true;
        }
    }

    /// <summary>Ends the tick of a registration and puts it back in line.</summary>
    public void End(TickRegistration taken, bool faulted)
    {
        lock (_lock)
        {
            taken.Running = false;
            taken.Faulted = faulted;
            if (faulted && !taken.Removed)
            {
                taken.Removed = true;
                Count--;
            }

            if (!taken.Removed)
                _waiting.Enqueue(taken, taken.NextDeadline);
            else
                Monitor.PulseAll(_lock);
        }
    }

    /// <summary>Puts a registration back that was taken but not ticked.</summary>
    public void Return(TickRegistration taken)
    {
        lock (_lock)
        {
            if (!taken.Removed)
                _waiting.Enqueue(taken, taken.NextDeadline);
        }
    }

    /// <summary>Lets every thread leave.</summary>
    public void Stop()
    {
        lock (_lock)
        {
            _stopped = true;
            Monitor.PulseAll(_lock);
        }
    }
}
