// When a tick was due and when it began.
namespace Aetheris.Grains.Ticking;

/// <summary>The timing of one tick, in nanoseconds of the clock's monotonic time.</summary>
/// <param name="Deadline">When it was due.</param>
/// <param name="Start">When it began.</param>
/// <param name="GivenUp">Deadlines of this target that were given up so far: wall time lost, never tick numbers.</param>
public readonly record struct TickMoment(long Deadline, long Start, long GivenUp)
{
    /// <summary>How late it began, in nanoseconds; 0 or more.</summary>
    public long Lateness => Math.Max(0, Start - Deadline);
}
