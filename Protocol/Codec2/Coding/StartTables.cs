// Where the contexts of a block start.
using System;

namespace Aetheris.Protocol.Codec2;

/// <summary>The trained numbers in the form in which they are used.</summary>
internal static class StartTables
{
    private static readonly ushort[] Motion = Widen(TrainedTables.Motion);
    private static readonly ushort[] Slow = Widen(TrainedTables.Slow);

    internal static void CopyMotion(int ageClass, ushort[] contexts) =>
        Motion.AsSpan(ageClass * ContextModel.MotionCount, ContextModel.MotionCount).CopyTo(contexts);

    internal static void CopySlow(ushort[] contexts) => Slow.AsSpan().CopyTo(contexts.AsSpan(ContextModel.MotionCount));

    private static ushort[] Widen(ReadOnlySpan<byte> table)
    {
        var wide = new ushort[table.Length];
        for (var i = 0; i < wide.Length; i++)
            wide[i] = (ushort)(table[i] << 8);
        return wide;
    }
}
