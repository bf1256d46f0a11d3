// Strict UTF-8 (no overlong forms, no surrogates), checked without exceptions on every target framework. Source: WIRE_FORMAT §6.
using System;

namespace Aetheris.Protocol.Codec1.MessagePack;

/// <summary>The rule for texts on the wire.</summary>
internal static class Utf8Text
{
    /// <summary>Whether bytes are well-formed UTF-8 (Unicode table 3-7).</summary>
    public static bool IsValid(ReadOnlySpan<byte> text)
    {
        var i = 0;
        while (i < text.Length)
        {
            int lead = text[i++];
            if (lead < 0x80)
                continue;
            int more, low = 0x80, high = 0xBF;
            if (lead is >= 0xC2 and <= 0xDF)
            {
                more = 1;
            }
            else if (lead is >= 0xE0 and <= 0xEF)
            {
                more = 2;
                low = lead == 0xE0 ? 0xA0 : 0x80;
                high = lead == 0xED ? 0x9F : 0xBF;
            }
            else if (lead is >= 0xF0 and <= 0xF4)
            {
                more = 3;
                low = lead == 0xF0 ? 0x90 : 0x80;
                high = lead == 0xF4 ? 0x8F : 0xBF;
            }
            else
            {
                return false;
            }

            if (more > text.Length - i)
                return false;
            for (; more > 0; more--)
            {
                if (text[i] < low || text[i] > high)
                    return false;
                i++;
                low = 0x80;
                high = 0xBF;
            }
        }

        return true;
    }
}
