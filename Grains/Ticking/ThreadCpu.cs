// CPU time of the calling thread.
using System.Runtime.InteropServices;

namespace Aetheris.Grains.Ticking;

/// <summary>CPU time of the calling thread; what a tick costs even when the thread was preempted in it.</summary>
public static partial class ThreadCpu
{
    private const int ClockThreadCpu = 3;

    /// <summary>Whether this platform can tell (64-bit Linux).</summary>
    public static bool IsSupported { get; } = OperatingSystem.IsLinux() && Environment.Is64BitProcess;

    /// <summary>CPU time in nanoseconds, or 0 where <see cref="IsSupported"/> is false.</summary>
    public static long Now
    {
        get
        {
            if (!IsSupported || GetTime(ClockThreadCpu, out var time) != 0)
                return 0;
            return (time.Seconds * 1_000_000_000) + time.Nanoseconds;
        }
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, out TimeSpec time);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
