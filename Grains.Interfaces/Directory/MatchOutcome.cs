// How a match ended.
namespace Aetheris.Grains.Interfaces.Directory;

/// <summary>How a match ended.</summary>
[GenerateSerializer, Alias("aetheris.directory.match.outcome")]
public enum MatchOutcome
{
    /// <summary>There is a room.</summary>
    Found = 0,

    /// <summary>No such room or template (HTTP 404).</summary>
    Unknown = 1,

    /// <summary>The room has no free place (HTTP 409).</summary>
    Full = 2,

    /// <summary>The room's access policy says no (HTTP 403).</summary>
    Forbidden = 3,

    /// <summary>The player has opened as many rooms as they may (HTTP 429).</summary>
    TooMany = 4,
}
