// The rule for names of rooms and templates.
namespace Aetheris.Protocol.Identity;

/// <summary>Names of rooms and templates: 1–64 characters of <c>a–z 0–9 . _ -</c> (DESIGN §4).</summary>
public static class RoomName
{
    /// <summary>Longest name.</summary>
    public const int MaxLength = 64;

    /// <summary>The room that a match without a wish leads to.</summary>
    public const string Default = "playground";

    /// <summary>Whether a text may name a room.</summary>
    public static bool IsValid(string? name)
    {
        // "." and ".." are path steps: no URL could name such a room.
        if (string.IsNullOrEmpty(name) || name!.Length > MaxLength || name is "." or "..")
            return false;
        foreach (var c in name)
        {
            if (c is not ((>= 'a' and <= 'z') or (>= '0' and <= '9') or '.' or '_' or '-'))
                return false;
        }

        return true;
    }
}
