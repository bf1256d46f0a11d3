// What a player wants to be matched with.
using Aetheris.Protocol.Identity;

namespace Aetheris.Grains.Interfaces.Directory;

/// <summary>A wish: a room by name, or a template, or neither (the default room).</summary>
/// <param name="Room">Room name, or null.</param>
/// <param name="Template">Template name, or null.</param>
/// <param name="Privileged">The asker may create rooms by name whatever the configuration says.</param>
/// <param name="Exclude">Rooms that refused this player just now.</param>
[GenerateSerializer, Immutable, Alias("aetheris.directory.match.request")]
public sealed record MatchRequest(
    [property: Id(0)] string? Room,
    [property: Id(1)] string? Template,
    [property: Id(2)] bool Privileged,
    [property: Id(3)] string[] Exclude)
{
    /// <summary>Where the player's session says that they have a place, or null: it is theirs, however full that room is, and a wish for its template leads back there.</summary>
    [Id(6)] public string? Place { get; init; }

    /// <summary>Who asks: a second request takes the place of the first one's promise.</summary>
    [Id(5)] public PlayerId Player { get; init; }
}
