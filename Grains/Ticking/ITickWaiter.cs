// Time and waiting, replaceable so that the scheduling policy is tested without sleeping.
namespace Aetheris.Grains.Ticking;

/// <summary>A monotonic clock that can be waited for. Called by several threads.</summary>
public interface ITickWaiter
{
    /// <summary>Monotonic time in nanoseconds.</summary>
    long Now { get; }

    /// <summary>Called once on each clock thread before it waits for the first time.</summary>
    void PrepareThread();

    /// <summary>Blocks the calling thread until a time; returns at once when it has passed.</summary>
    /// <param name="deadline">Nanoseconds of <see cref="Now"/>.</param>
    void WaitUntil(long deadline);
}
