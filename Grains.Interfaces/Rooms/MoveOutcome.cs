// How an attempt to move a room ended.
namespace Aetheris.Grains.Interfaces.Rooms;

/// <summary>Outcome of a move.</summary>
[GenerateSerializer, Alias("aetheris.room.move.outcome")]
public enum MoveOutcome
{
    /// <summary>The room begins to move; its listing shows the end of it.</summary>
    Begun = 0,

    /// <summary>The room is not open.</summary>
    NotOpen = 1,

    /// <summary>It is moving already.</summary>
    Moving = 2,

    /// <summary>It is on that silo.</summary>
    SameSilo = 3,

    /// <summary>That silo is not active, or runs another version of World.</summary>
    NoSuchSilo = 4,
}
