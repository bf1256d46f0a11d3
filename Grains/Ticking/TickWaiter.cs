// Picks the most precise way of waiting that the platform has.
namespace Aetheris.Grains.Ticking;

/// <summary>The platform's waiters.</summary>
public static class TickWaiter
{
    /// <summary>The best one here: absolute nanosleep on 64-bit Linux, a waitable timer on Windows, else sleeping by milliseconds.</summary>
    public static ITickWaiter ForPlatform()
    {
        if (OperatingSystem.IsLinux() && Environment.Is64BitProcess)
            return new LinuxTickWaiter();
        if (OperatingSystem.IsWindows())
            return new WindowsTickWaiter();
        return new SleepTickWaiter();
    }
}
