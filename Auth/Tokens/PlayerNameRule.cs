// The rule for names in tokens.
using System.Text;

namespace Aetheris.Auth.Tokens;

/// <summary>Names to show: 1–32 characters, at most 64 bytes of UTF-8, none of them a control character (WORLD_RULES §3, kind 6).</summary>
public static class PlayerNameRule
{
    /// <summary>Most characters (UTF-16).</summary>
    public const int MaxLength = 32;

    /// <summary>Most bytes of UTF-8.</summary>
    public const int MaxBytes = 64;

    /// <summary>Whether a text may be a name; text with an unpaired surrogate may not.</summary>
    public static bool IsValid(string? name)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > MaxLength)
            return false;
        for (var i = 0; i < name.Length; i++)
        {
            if (char.IsControl(name[i]))
                return false;
            if (!char.IsSurrogate(name[i]))
                continue;
            if (!char.IsSurrogatePair(name, i))
                return false;
            i++;
        }

        return Encoding.UTF8.GetByteCount(name) <= MaxBytes;
    }
}
