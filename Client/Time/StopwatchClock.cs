// The clock of real programs.
using System.Diagnostics;

namespace Aetheris.Client.Time;

/// <summary>Microseconds of the machine's monotonic counter.</summary>
public sealed class StopwatchClock : IClientClock
{
    /// <summary>The shared instance; it has no state.</summary>
    public static StopwatchClock Instance { get; } = new();

    /// <inheritdoc />
    public long NowMicros => (long)(Stopwatch.GetTimestamp() * (1_000_000.0 / Stopwatch.Frequency));
}
