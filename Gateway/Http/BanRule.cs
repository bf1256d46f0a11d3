// What a ban must say.
using System.Diagnostics.CodeAnalysis;
using Aetheris.Grains.Interfaces.Sessions;

namespace Aetheris.Gateway.Http;

/// <summary>The same for players and for addresses.</summary>
internal static class BanRule
{
    /// <summary>Whether reason and end are good.</summary>
    /// <param name="reason">As asked.</param>
    /// <param name="until">As asked.</param>
    /// <param name="now">Now.</param>
    /// <param name="trimmed">The reason to keep.</param>
    /// <param name="problem">Why not.</param>
    public static bool TryJudge(string? reason, DateTimeOffset? until, DateTimeOffset now, out string trimmed, [NotNullWhen(false)] out string? problem)
    {
        trimmed = reason?.Trim() ?? string.Empty;
        problem = trimmed.Length is 0 or > Ban.MaxReason || trimmed.Any(char.IsControl)
            ? $"reason must have 1 to {Ban.MaxReason} printable characters: the banned read it."
            : until <= now ? "until must be in the future; leave it out for a ban without end." : null;
        return problem is null;
    }
}
