// Bit tricks that the older framework lacks: the one place of this project that asks which framework it is.
#if NET
using System.Numerics;
#endif

namespace Aetheris.World;

internal static class Bits
{
    /// <summary>Index of the lowest set bit; the value is not 0.</summary>
    internal static int Lowest(ulong value)
    {
#if NET
        return BitOperations.TrailingZeroCount(value);
#else
        var index = 0;
        for (var width = 32; width > 0; width >>= 1)
        {
            if ((value & ((1UL << width) - 1)) == 0)
            {
                value >>= width;
                index += width;
            }
        }

        return index;
#endif
    }
}
