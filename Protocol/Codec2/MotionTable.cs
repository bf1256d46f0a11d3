// What n ticks do to the motion of one entity type, in closed form and in integers.
namespace Aetheris.Protocol.Codec2;

/// <summary>
/// Tables over n = 0 … <see cref="Codec2Limits.MaxAge"/> in units of 2^-24, made once per type from integers only (all below 2^53), so that every language gets the same.
/// After n ticks of constant thrust A (m/s²): velocity = Keep[n]·V + Push[n]·A (1/16 m/s), way = Push[n]·V + Reach[n]·A (1/256 m).
/// </summary>
internal sealed class MotionTable
{
    internal const int Shift = 24;
    private const long One = 1L << Shift;

    internal MotionTable(int tickRate, Codec2Type type)
    {
        // k = 1 / (1 + drag / rate): drag acts after thrust, within the same tick (WORLD_RULES §7.1 e).
        var rate = tickRate * 1000L;
        var k = ((One * rate) + ((rate + type.DragThousandths) / 2)) / (rate + type.DragThousandths);
        Keep[0] = One;
        long kept = 0, pushed = 0;
        for (var n = 1; n <= Codec2Limits.MaxAge; n++)
        {
            Keep[n] = ((Keep[n - 1] * k) + (One / 2)) >> Shift;
            kept += Keep[n];
            Push[n] = ((32 * kept) + tickRate) / (2 * tickRate);
            pushed += Push[n];
            Reach[n] = ((32 * pushed) + tickRate) / (2 * tickRate);
        }

        // Degrees per second to 2^-16 turns per tick.
        TurnStep = (int)(((type.TurnRateThousandths * 65536L) + (180L * rate)) / (360L * rate));
        MaxThrust = type.MaxAcceleration << 8;
    }

    /// <summary>What is left of a velocity.</summary>
    internal long[] Keep { get; } = new long[Codec2Limits.MaxAge + 1];

    /// <summary>Velocity per thrust, and way per velocity.</summary>
    internal long[] Push { get; } = new long[Codec2Limits.MaxAge + 1];

    /// <summary>Way per thrust.</summary>
    internal long[] Reach { get; } = new long[Codec2Limits.MaxAge + 1];

    /// <summary>Largest turn in one tick, 2^-16 turns.</summary>
    internal int TurnStep { get; }

    /// <summary>Largest thrust that is derived from two states, 1/256 m/s².</summary>
    internal int MaxThrust { get; }
}
