// Monotonic time for everything that the edge thread times.
namespace Aetheris.Gateway.Edge;

/// <summary>Time since creation, from a time provider.</summary>
public sealed class EdgeClock
{
    private readonly long _start;

    /// <summary>Starts at 0.</summary>
    public EdgeClock(TimeProvider time)
    {
        Time = time;
        _start = time.GetTimestamp();
    }

    /// <summary>Wall clock for expiries.</summary>
    public TimeProvider Time { get; }

    /// <summary>Milliseconds since creation.</summary>
    public long Now => (long)Time.GetElapsedTime(_start).TotalMilliseconds;

    /// <summary>Microseconds since creation, for what is finer than a round.</summary>
    public long NowMicros => Time.GetElapsedTime(_start).Ticks / TimeSpan.TicksPerMicrosecond;
}
