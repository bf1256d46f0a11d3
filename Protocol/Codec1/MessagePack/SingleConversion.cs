// Conversions to float32 that give the same bits on every runtime. Source: WIRE_FORMAT §6, numbers.
using System;

namespace Aetheris.Protocol.Codec1.MessagePack;

/// <summary>Rounds to the nearest float32, ties to even.</summary>
internal static class SingleConversion
{
    private const int SignificandBits = 24;
    private const int ExponentBias = 127;

    /// <summary>From an unsigned integer. A cast may go through float64 on some runtimes and round twice.</summary>
    public static float FromUInt64(ulong value)
    {
        if (value < 1UL << SignificandBits)
            return (int)value;
        var shift = 1;
        while (value >> shift >= 1UL << SignificandBits)
            shift++;
        var significand = value >> shift;
        var rest = value & ((1UL << shift) - 1);
        var half = 1UL << (shift - 1);
        if (rest > half || (rest == half && (significand & 1) != 0))
            significand++;

        // Both factors are exact, so the product is.
        return (int)significand * BitConverter.Int32BitsToSingle((shift + ExponentBias) << (SignificandBits - 1));
    }

    /// <summary>From a signed integer.</summary>
    public static float FromInt64(long value) =>
        value >= 0 ? FromUInt64((ulong)value) : -FromUInt64(unchecked((ulong)-value));

    /// <summary>From float64: overflow gives infinity; a NaN stays one, quiet, with its sign and the upper bits of its payload.</summary>
    public static float FromDouble(double value)
    {
        if (!double.IsNaN(value))
            return (float)value;
        var bits = BitConverter.DoubleToInt64Bits(value);
        return BitConverter.Int32BitsToSingle((bits < 0 ? int.MinValue : 0) | 0x7FC00000 | (int)((bits >> 29) & 0x3FFFFF));
    }
}
