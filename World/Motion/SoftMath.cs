// Transcendental functions of our own, so that every machine computes the same bits.
using System;

namespace Aetheris.World;

/// <summary>
/// Fixed implementations from additions, multiplications, divisions, floor and remainder in binary64 only (which IEEE 754 defines exactly, in C# and
/// in JavaScript alike), rounded once to binary32.
/// </summary>
public static class SoftMath
{
    private const double Pi = 3.141592653589793;
    private const double HalfPi = 1.5707963267948966;

    /// <summary>Angles beyond this are first brought to one turn.</summary>
    private const double MaxReducible = 1000;

    private static readonly double[] ArcTangentOfEighths =
    {
        0.0,
        0.12435499454676144,
        0.24497866312686414,
        0.35877067027057225,
        0.4636476090008061,
        0.5585993153435624,
        0.6435011087932844,
        0.7188299996216245,
        0.7853981633974483,
    };

    /// <summary>
    /// Angle of the vector (x, y) in radians, −π … π, with the special cases of IEEE 754 (signed zeros, infinities). The error before
    /// the one rounding is below 4·10⁻¹⁶, so the result is the correctly rounded one but for about one argument in 10⁸.
    /// </summary>
    /// <remarks>Reduces to |y/x| ≤ 1, subtracts the nearest atan(k/8) and sums the series of the rest (≤ 1/16) to its 13th power.</remarks>
    public static float Atan2(float y, float x)
    {
        if (float.IsNaN(x) || float.IsNaN(y))
            return float.NaN;
        double ax = Math.Abs((double)x), ay = Math.Abs((double)y);
        double angle;
        if (ay == 0)
            angle = 0;
        else if (double.IsInfinity(ax) && double.IsInfinity(ay))
            angle = HalfPi / 2;
        else if (ay <= ax)
            angle = ArcTangentOfRatio(ay / ax);
        else
            angle = HalfPi - ArcTangentOfRatio(ax / ay);

        if (BitConverter.SingleToInt32Bits(x) < 0)
            angle = Pi - angle;
        return (float)(BitConverter.SingleToInt32Bits(y) < 0 ? -angle : angle);
    }

    /// <summary>Sine of an angle in radians, rounded once from an error below 10⁻¹⁵ for angles of a few turns; NaN if not finite.</summary>
    public static float Sin(float angle) => OfQuarter(angle, 0);

    /// <summary>Cosine, as <see cref="Sin"/>.</summary>
    public static float Cos(float angle) => OfQuarter(angle, 1);

    /// <summary>sin(angle + quarters·π/2): brings the angle to −π/4 … π/4 and sums the series of the quarter that it fell in.</summary>
    private static float OfQuarter(float angle, int quarters)
    {
        if (float.IsNaN(angle) || float.IsInfinity(angle))
            return float.NaN;
        double reduced = angle;
        if (Math.Abs(reduced) > MaxReducible)
            reduced = Math.IEEERemainder(reduced, 4 * HalfPi);
        var turns = Math.Floor((reduced / HalfPi) + 0.5);
        var r = reduced - (turns * HalfPi);
        var s = r * r;
        var quarter = ((int)turns + quarters) & 3;
        double value;
        if ((quarter & 1) == 0)
        {
            value = r * (1 - (s / 6 * (1 - (s / 20 * (1 - (s / 42 * (1 - (s / 72 * (1 - (s / 110 * (1 - (s / 156 * (1 - (s / 210))))))))))))));
        }
        else
        {
            value = 1 - (s / 2 * (1 - (s / 12 * (1 - (s / 30 * (1 - (s / 56 * (1 - (s / 90 * (1 - (s / 132 * (1 - (s / 182 * (1 - (s / 240)))))))))))))));
        }

        return (float)(quarter >= 2 ? -value : value);
    }

    /// <summary>atan(r) for 0 ≤ r ≤ 1.</summary>
    private static double ArcTangentOfRatio(double r)
    {
        var k = (int)((r * 8) + 0.5);
        var c = k * 0.125;
        var t = (r - c) / (1 + (r * c));
        var s = t * t;
        var series = 1.0 / 13;
        series = (1.0 / 11) - (s * series);
        series = (1.0 / 9) - (s * series);
        series = (1.0 / 7) - (s * series);
        series = (1.0 / 5) - (s * series);
        series = (1.0 / 3) - (s * series);
        series = 1.0 - (s * series);
        return ArcTangentOfEighths[k] + (t * series);
    }
}
