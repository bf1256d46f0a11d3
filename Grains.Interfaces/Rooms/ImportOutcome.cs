// How an attempt to bring a saved room back ended.
namespace Aetheris.Grains.Interfaces.Rooms;

/// <summary>Outcome of an import.</summary>
[GenerateSerializer, Alias("aetheris.room.import.outcome")]
public enum ImportOutcome
{
    /// <summary>The room is open, with the saved state.</summary>
    Opened = 0,

    /// <summary>A room of that name is open or stored.</summary>
    Exists = 1,

    /// <summary>The state cannot be read with the rules of this silo.</summary>
    Unreadable = 2,

    /// <summary>The silo has no such template.</summary>
    NoSuchTemplate = 3,
}
