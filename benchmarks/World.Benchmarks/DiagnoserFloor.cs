// What the memory diagnoser reports for work that allocates nothing, by the length of the work.
using System.Diagnostics;
using BenchmarkDotNet.Attributes;

namespace Aetheris.World.Benchmarks;

/// <summary>
/// The diagnoser sometimes counts a constant of its own (2,976 or 4,656 bytes) and divides it by the operations of its iteration, so long
/// operations seem to allocate a few bytes. The log's "// GC:" lines show it undivided.
/// </summary>
[MemoryDiagnoser]
public class DiagnoserFloor
{
    /// <summary>Length of the work in microseconds: that of a tick with 100, 1,000 and 10,000 ships.</summary>
    [Params(20, 200, 2000)]
    public int Microseconds { get; set; }

    /// <summary>Waits without allocating.</summary>
    [Benchmark]
    public long Wait()
    {
        var end = Stopwatch.GetTimestamp() + (Microseconds * Stopwatch.Frequency / 1_000_000);
        while (Stopwatch.GetTimestamp() < end)
            Thread.SpinWait(1);
        return end;
    }
}
