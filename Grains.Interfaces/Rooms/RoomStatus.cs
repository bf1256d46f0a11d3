// The life of a room.
namespace Aetheris.Grains.Interfaces.Rooms;

/// <summary>Creating → Active → Draining → Closed.</summary>
[GenerateSerializer, Alias("aetheris.room.status")]
public enum RoomStatus
{
    /// <summary>Not opened yet.</summary>
    Creating = 0,

    /// <summary>Ticking and open to joins.</summary>
    Active = 1,

    /// <summary>Ticking, no new joins.</summary>
    Draining = 2,

    /// <summary>Not ticking.</summary>
    Closed = 3,
}
