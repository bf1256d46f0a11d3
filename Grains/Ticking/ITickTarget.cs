// What the clock drives: one room's tick.
namespace Aetheris.Grains.Ticking;

/// <summary>Something that ticks. Both methods are called on a clock thread, never two at a time for one registration.</summary>
public interface ITickTarget
{
    /// <summary>One tick. An exception stops this target and no other.</summary>
    void Tick(in TickMoment moment);

    /// <summary>Called once after <see cref="Tick"/> threw; the target is not ticked again.</summary>
    void OnFault(Exception exception);
}
