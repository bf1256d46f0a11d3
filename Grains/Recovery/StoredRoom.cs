// What storage has of a room.
using Aetheris.Grains.Rooms;
using Aetheris.Grains.Storage;
using Aetheris.World;

namespace Aetheris.Grains.Recovery;

/// <summary>Record and the newest snapshot that can be used.</summary>
/// <param name="Record">The record.</param>
/// <param name="Marks">Where record and snapshots stand; a snapshot that cannot be used has tick 0.</param>
/// <param name="Snapshot">The snapshot; null when there is none.</param>
/// <param name="World">Its world; null when there is none.</param>
internal sealed record StoredRoom(RoomRecord Record, StorageMarks Marks, RoomSnapshot? Snapshot, RoomWorld? World)
{
    /// <summary>Whether the room was closed with this snapshot, so that no log follows it.</summary>
    public bool IsClosed => Snapshot is { IsClosed: true } && Snapshot.Epoch == Record.Epoch;

    /// <summary>Whether the rules have changed since: a log cannot be simulated again.</summary>
    public bool HasOtherRules(WorldDefinition definition) => Snapshot is not null && Snapshot.WorldVersion != definition.WorldVersion;
}
