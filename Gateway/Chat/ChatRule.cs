// What may be said.
using System.Globalization;
using System.Text;
using Aetheris.Protocol.Link;

namespace Aetheris.Gateway.Chat;

/// <summary>The rule for lines of chat; clients show them as text and nothing else.</summary>
public static class ChatRule
{
    /// <summary>
    /// Whether a text may be said: not blank, at most <see cref="LinkLimits.MaxChatLine"/> bytes of UTF-8, one line, and nothing that
    /// changes how the text around it reads (controls, and marks that turn the writing direction).
    /// </summary>
    public static bool IsValid(string text)
    {
        if (string.IsNullOrWhiteSpace(text) || Encoding.UTF8.GetByteCount(text) > LinkLimits.MaxChatLine)
            return false;
        foreach (var rune in text.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            if (rune == Rune.ReplacementChar
                || category is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                || rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069))
            {
                return false;
            }
        }

        return true;
    }
}
