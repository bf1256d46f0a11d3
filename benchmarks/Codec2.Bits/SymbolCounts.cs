// What start tables are made of.
using Aetheris.Protocol.Codec2;

namespace Aetheris.Codec2.Bits;

/// <summary>Counts zeros and ones per context and age class.</summary>
internal sealed class SymbolCounts : IBlockObserver
{
    private readonly double[,,] _counts = new double[ContextModel.AgeClasses, ContextModel.Count, 2];

    internal int AgeClass { get; set; }

    internal double Weight { get; set; } = 1;

    public void OnBit(int context, int bit, int probability) => _counts[AgeClass, context, bit] += Weight;

    public void OnRaw(int context, int count)
    {
    }

    /// <summary>Start value of a context in 1/256; one without symbols takes its neighbour's in age, else ½.</summary>
    internal byte Start(int ageClass, int context)
    {
        double zeros = 0, ones = 0;
        for (var distance = 0; distance < ContextModel.AgeClasses && zeros + ones < 30; distance++)
        {
            foreach (var near in new[] { ageClass - distance, ageClass + distance }.Distinct())
            {
                if (near is >= 0 and < ContextModel.AgeClasses)
                {
                    zeros += _counts[near, context, 0];
                    ones += _counts[near, context, 1];
                }
            }
        }

        return Probability(zeros, ones);
    }

    /// <summary>Start value over all classes.</summary>
    internal byte Start(int context)
    {
        double zeros = 0, ones = 0;
        for (var ageClass = 0; ageClass < ContextModel.AgeClasses; ageClass++)
        {
            zeros += _counts[ageClass, context, 0];
            ones += _counts[ageClass, context, 1];
        }

        return Probability(zeros, ones);
    }

    private static byte Probability(double zeros, double ones) =>
        (byte)Math.Clamp((int)Math.Round(256 * (ones + 0.4) / (zeros + ones + 0.8)), 1, 255);
}
