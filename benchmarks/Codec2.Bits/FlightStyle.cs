// How the pilots of a measured room steer.
namespace Aetheris.Codec2.Bits;

/// <summary>The workloads of the groundwork study, and play with everything that is not motion.</summary>
internal enum FlightStyle
{
    /// <summary>Redrawn every 5–40 ticks: nothing, 0.05–0.98 or 0.98 in any direction, a third each.</summary>
    Walk,

    /// <summary>Eight directions at full thrust or nothing, redrawn every 5–40 ticks.</summary>
    Keyboard,

    /// <summary>As `aetheris bots` steer: full thrust, the heading turned by up to 1.5 rad every 6–30 ticks.</summary>
    Bots,

    /// <summary>A smoothed analogue stick with 2 % noise on every tick.</summary>
    Stick,

    /// <summary>Every tenth ship walks, the others rest.</summary>
    Tenth,

    /// <summary>Walking close together, firing and dying.</summary>
    Fight,
}
