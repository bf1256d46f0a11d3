// The rule for names in tokens.
using System.Globalization;
using System.Text;

namespace Aetheris.Auth.Tokens;

/// <summary>
/// Names to show: 1–32 UTF-16 units, at most 64 bytes of UTF-8 (WORLD_RULES §3, kind 6). Nothing in them is invisible, turns the direction
/// of writing, leaves its line or piles up: no controls, formats, private or unassigned characters, blank letters or selectors; single
/// plain spaces between words; at most two combining marks on a character. What Unicode can write in two ways is a name in its composed
/// form only (ADR 0081: the runtime has no tables to normalise with).
/// </summary>
public static class PlayerNameRule
{
    /// <summary>Most characters (UTF-16).</summary>
    public const int MaxLength = 32;

    /// <summary>Most bytes of UTF-8.</summary>
    public const int MaxBytes = 64;

    /// <summary>The rule for whoever chose something else.</summary>
    public const string Text = "a name has 1 to 32 visible characters (64 bytes), with single spaces between words";

    private const int MaxMarks = 2;

    /// <summary>Whether a text may be a name.</summary>
    public static bool IsValid(string? name)
    {
        if (string.IsNullOrEmpty(name) || name.Length > MaxLength || Encoding.UTF8.GetByteCount(name) > MaxBytes || !HasWholeCharacters(name))
            return false;
        var marks = MaxMarks;
        var isAfterSpace = true;
        foreach (var rune in name.EnumerateRunes())
        {
            var isSpace = rune.Value == ' ';
            if ((isSpace && isAfterSpace) || (!isSpace && !IsShown(rune)))
                return false;

            // A mark needs something to stand on.
            marks = IsMark(rune) ? marks + 1 : isSpace ? MaxMarks : 0;
            if (marks > MaxMarks)
                return false;
            isAfterSpace = isSpace;
        }

        return !isAfterSpace;
    }

    private static bool HasWholeCharacters(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]) && !char.IsSurrogatePair(text, i++))
                return false;
        }

        return true;
    }

    private static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;

    private static bool IsShown(Rune rune) => Rune.GetUnicodeCategory(rune)
        is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
            or UnicodeCategory.OtherNotAssigned or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
        && !IsBlank(rune.Value) && !IsComposedElsewhere(rune.Value);

    // Letters, symbols and marks that Unicode says nothing is drawn for (Default_Ignorable_Code_Point), and the empty Braille pattern.
    private static bool IsBlank(int rune) => rune
        is 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or (>= 0x180B and <= 0x180F) or 0x2800 or 0x3164 or 0xFFA0
        or (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF) or 0xFFFC or 0xFFFD;

    // Accents and Hangul's parts, which exist together with their letters; ohm, kelvin and angstrom; ideographs that stand twice.
    private static bool IsComposedElsewhere(int rune) => rune
        is (>= 0x0300 and <= 0x036F) or (>= 0x1AB0 and <= 0x1AFF) or (>= 0x1DC0 and <= 0x1DFF) or (>= 0x20D0 and <= 0x20FF) or (>= 0xFE20 and <= 0xFE2F)
        or (>= 0x1100 and <= 0x11FF) or (>= 0xA960 and <= 0xA97F) or (>= 0xD7B0 and <= 0xD7FF)
        or 0x037E or 0x0387 or 0x2126 or 0x212A or 0x212B or (>= 0xF900 and <= 0xFAFF) or (>= 0x2F800 and <= 0x2FA1F);
}
