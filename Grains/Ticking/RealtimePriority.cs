// Raises a clock thread above ordinary threads where the process may.
using System.Runtime.InteropServices;

namespace Aetheris.Grains.Ticking;

/// <summary>
/// SCHED_FIFO for the calling thread, else a lower nice value, else nothing (.NET's ThreadPriority has no effect on Linux).
/// Needs CAP_SYS_NICE or a real-time priority limit.
/// </summary>
public static partial class RealtimePriority
{
    private const int Fifo = 1;
    private const int Priority = 10;
    private const int Process = 0;
    private const int Nice = -15;

    /// <summary>Raises the calling thread.</summary>
    /// <returns>What holds now: "SCHED_FIFO 10", "nice -15" or "normal".</returns>
    public static string RaiseCallingThread()
    {
        if (!OperatingSystem.IsLinux())
            return "normal";
        var priority = Priority;
        if (SetScheduler(0, Fifo, in priority) == 0)
            return "SCHED_FIFO 10";
        // Linux counts 0 as the calling thread here, not as the process.
        return SetPriority(Process, 0, Nice) == 0 ? "nice -15" : "normal";
    }

    [LibraryImport("libc", EntryPoint = "sched_setscheduler")]
    private static partial int SetScheduler(int thread, int policy, in int priority);

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, int who, int value);
}
