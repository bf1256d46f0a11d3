// How much of a position's error says something about the velocity's.
namespace Aetheris.Protocol.Codec2;

/// <summary>Gains by kind of record and ticks since the base, 1/100; fitted by benchmarks/Codec2.Training.</summary>
internal static class MotionGains
{
    private static readonly byte[][] Gains =
    {
        new byte[] { 0, 10, 10, 20, 30, 50, 80, 110, 150, 150, 150, 150, 150, 150, 150, 150 },
        new byte[] { 0, 10, 10, 20, 30, 50, 80, 110, 150, 150, 150, 150, 150, 150, 150, 150 },
        new byte[] { 0, 100, 135, 155, 173, 180, 187, 193, 198, 198, 198, 198, 198, 198, 198, 198 },
    };

    /// <summary>Velocity per way, (1/16 m/s) / (1/256 m) in 2^-16.</summary>
    internal static int Of(int kind, int n, int tickRate) =>
        (int)(((Gains[kind][n < 16 ? n : 15] * 4096L * tickRate) + (50L * n)) / (100L * n));
}
