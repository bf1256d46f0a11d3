// Waiting where nothing better is known: sleeping by milliseconds.
using System.Diagnostics;

namespace Aetheris.Grains.Ticking;

/// <summary>Thread.Sleep(1) until the time has come. It never spins: spinning takes the cores that the ticks need (DESIGN §6).</summary>
public sealed class SleepTickWaiter : ITickWaiter
{
    private static readonly double NanosecondsPerTick = 1e9 / Stopwatch.Frequency;

    /// <inheritdoc />
    public long Now => (long)(Stopwatch.GetTimestamp() * NanosecondsPerTick);

    /// <inheritdoc />
    public void PrepareThread()
    {
        // The platform offers nothing to prepare.
    }

    /// <inheritdoc />
    public void WaitUntil(long deadline)
    {
        while (deadline - Now > 0)
            Thread.Sleep(1);
    }
}
