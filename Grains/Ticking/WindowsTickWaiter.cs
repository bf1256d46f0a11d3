// Waiting on Windows: one high-resolution waitable timer per thread.
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Aetheris.Grains.Ticking;

/// <summary>High-resolution waitable timers (Windows 10 1803 and later), about half a millisecond; falls back to sleeping where there are none.</summary>
[SupportedOSPlatform("windows")]
public sealed partial class WindowsTickWaiter : ITickWaiter, IDisposable
{
    private const uint HighResolution = 2;
    private const uint AllAccess = 0x1F0003;
    private const uint Infinite = 0xFFFFFFFF;

    private readonly SleepTickWaiter _fallback = new();
    private readonly ThreadLocal<IntPtr> _timers = new(() => CreateTimer(IntPtr.Zero, IntPtr.Zero, HighResolution, AllAccess), trackAllValues: true);

    /// <inheritdoc />
    public long Now => _fallback.Now;

    /// <inheritdoc />
    public void PrepareThread() => _ = _timers.Value;

    /// <inheritdoc />
    public void WaitUntil(long deadline)
    {
        var left = deadline - Now;
        if (left <= 0)
            return;
        var due = -Math.Max(1, left / 100);
        var timer = _timers.Value;
        if (timer == IntPtr.Zero || !SetTimer(timer, in due, 0, IntPtr.Zero, IntPtr.Zero, resume: false))
        {
            _fallback.WaitUntil(deadline);
            return;
        }

        _ = WaitForSingleObject(timer, Infinite);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var timer in _timers.Values)
        {
            if (timer != IntPtr.Zero)
                _ = CloseHandle(timer);
        }

        _timers.Dispose();
    }

    [LibraryImport("kernel32.dll", EntryPoint = "CreateWaitableTimerExW")]
    private static partial IntPtr CreateTimer(IntPtr attributes, IntPtr name, uint flags, uint access);

    [LibraryImport("kernel32.dll", EntryPoint = "SetWaitableTimer")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool SetTimer(IntPtr timer, in long due, int period, IntPtr completion, IntPtr argument, [MarshalAs(UnmanagedType.Bool)] bool resume);

    [LibraryImport("kernel32.dll", EntryPoint = "WaitForSingleObject")]
    private static partial uint WaitForSingleObject(IntPtr handle, uint milliseconds);

    [LibraryImport("kernel32.dll", EntryPoint = "CloseHandle")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool CloseHandle(IntPtr handle);
}
