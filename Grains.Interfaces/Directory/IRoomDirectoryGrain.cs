// The index of rooms: it suggests, the room alone decides.
using Aetheris.Grains.Interfaces.Calls;
using Aetheris.Grains.Interfaces.Rooms;

namespace Aetheris.Grains.Interfaces.Directory;

/// <summary>The index of rooms. Key 0.</summary>
[Alias("aetheris.directory.rooms")]
public interface IRoomDirectoryGrain : IGrainWithIntegerKey
{
    /// <summary>Finds or creates a room for a player.</summary>
    [Alias("match"), ByTurns]
    Task<MatchResult> MatchAsync(MatchRequest request);

    /// <summary>A room reports its figures (about once a second, and on every change of status).</summary>
    [Alias("report")]
    Task ReportAsync(RoomListing listing);

    /// <summary>All rooms that reported lately, by name.</summary>
    [Alias("list")]
    Task<IReadOnlyList<RoomListing>> ListAsync();
}
