// Where a room's record and snapshots stand in storage, so that a move needs no reading.
namespace Aetheris.Grains.Rooms;

/// <summary>Version tags of the stored objects and the ticks of the snapshots. Null tags: not known to exist.</summary>
/// <param name="RecordTag">Tag of the record.</param>
/// <param name="First">First snapshot.</param>
/// <param name="Second">Second snapshot.</param>
public sealed record StorageMarks(string? RecordTag, SlotMark First, SlotMark Second)
{
    /// <summary>Nothing is stored.</summary>
    public static StorageMarks None { get; } = new(null, default, default);
}
