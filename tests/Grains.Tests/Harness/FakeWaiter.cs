// A clock without real time: waiting jumps to the deadline.
using Aetheris.Grains.Ticking;

namespace Aetheris.Grains.Tests.Harness;

/// <summary>Time that moves only when a test or a wait moves it.</summary>
public sealed class FakeWaiter : ITickWaiter
{
    public long Now { get; set; }

    public int Waits { get; private set; }

    public void PrepareThread()
    {
        // Nothing to prepare.
    }

    public void WaitUntil(long deadline)
    {
        Waits++;
        Now = Math.Max(Now, deadline);
    }
}
