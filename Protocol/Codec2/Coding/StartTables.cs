// Where the contexts of a block start.
using System;

namespace Aetheris.Protocol.Codec2;

/// <summary>Start values; until they are trained, every context is undecided.</summary>
internal static class StartTables
{
    internal static void CopyMotion(int ageClass, ushort[] contexts) => contexts.AsSpan(0, ContextModel.MotionCount).Fill(32768);

    internal static void CopySlow(ushort[] contexts) =>
        contexts.AsSpan(ContextModel.MotionCount).Fill(32768);
}
