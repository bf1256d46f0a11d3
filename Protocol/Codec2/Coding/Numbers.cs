// How numbers become bits.
using System.Runtime.CompilerServices;

namespace Aetheris.Protocol.Codec2;

/// <summary>Numbers through a bit coder: small ones are cheap, every one is possible.</summary>
internal static class Numbers
{
    /// <summary>
    /// A signed number below 2^31: zero? · sign · bit length − 1 in unary · the bit below the highest (lengths 2–7) · the rest raw.
    /// </summary>
    /// <param name="coder">The coder.</param>
    /// <param name="context">First of <see cref="ContextModel.NumberSize"/> contexts.</param>
    /// <param name="maxLength">Largest bit length.</param>
    /// <param name="hint">0–2: selects the context of the sign.</param>
    /// <param name="value">Ignored when decoding.</param>
    internal static int Signed<TCoder>(ref TCoder coder, int context, int maxLength, int hint, int value)
        where TCoder : struct, IBitCoder
    {
        if (coder.Bit(context, value == 0 ? 1 : 0) != 0)
            return 0;
        var negative = coder.Bit(context + ContextModel.Sign + hint, value < 0 ? 1 : 0) != 0;
        var magnitude = (uint)(value < 0 ? -value : value);
        var length = 1;
        while (length < maxLength
            && coder.Bit(context + ContextModel.Length + (length < ContextModel.Lengths ? length : ContextModel.Lengths) - 1, magnitude >> length != 0 ? 1 : 0) != 0)
        {
            length++;
        }

        var result = 1u;
        var rest = length - 1;
        if (rest > 0 && rest <= ContextModel.Seconds)
        {
            rest--;
            result = 2u | (uint)coder.Bit(context + ContextModel.Second + length - 2, (int)(magnitude >> rest) & 1);
        }

        if (rest > 0)
            result = (result << rest) | coder.Raw(rest, magnitude & ((1u << rest) - 1));
        return negative ? -(int)result : (int)result;
    }

    /// <summary>An unsigned number: its bit length in unary (0 for 0) · the bits below the highest raw.</summary>
    /// <param name="coder">The coder.</param>
    /// <param name="context">First of <paramref name="maxLength"/> contexts.</param>
    /// <param name="maxLength">Largest bit length, at most 64.</param>
    /// <param name="value">Ignored when decoding.</param>
    internal static ulong Unsigned<TCoder>(ref TCoder coder, int context, int maxLength, ulong value)
        where TCoder : struct, IBitCoder
    {
        var length = 0;
        while (length < maxLength && coder.Bit(context + length, length < 64 && value >> length != 0 ? 1 : 0) != 0)
            length++;
        if (length < 2)
            return (ulong)length;
        var rest = length - 1;
        var result = 1UL;
        if (rest > 32)
        {
            result = (result << (rest - 32)) | coder.Raw(rest - 32, (uint)((value >> 32) & ((1UL << (rest - 32)) - 1)));
            rest = 32;
        }

        return (result << rest) | coder.Raw(rest, (uint)(value & ((1UL << rest) - 1)));
    }

    /// <summary>Signed to unsigned: 0, −1, 1, −2 … become 0, 1, 2, 3 …</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Zigzag(long value) => unchecked((ulong)((value << 1) ^ (value >> 63)));

    /// <summary>The way back.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static long Unzigzag(ulong value) => unchecked((long)(value >> 1) ^ -(long)(value & 1));
}
