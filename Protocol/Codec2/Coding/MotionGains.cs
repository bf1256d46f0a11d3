// How much of a position's error says something about the velocity's.
using System;

namespace Aetheris.Protocol.Codec2;

/// <summary>Gains by kind of record (same thrust, new thrust, analogue) times size of the error (below 8 steps, more), and ticks since the base, from the trained numbers.</summary>
internal static class MotionGains
{
    private const int Columns = 16;

    /// <summary>Velocity per way, (1/16 m/s) / (1/256 m) in 2^-16: gain · rate / (16 · n), rounded to nearest.</summary>
    internal static int Of(int row, int n, int tickRate) =>
        (int)(((TrainedTables.Gains[(row * Columns) + Math.Min(n, Columns - 1)] * 4096L * tickRate) + (50L * n)) / (100L * n));
}
