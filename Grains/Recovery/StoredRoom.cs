// What storage has of a room.
using Aetheris.Grains.Rooms;
using Aetheris.Grains.Storage;
using Aetheris.World;

namespace Aetheris.Grains.Recovery;

/// <summary>Record and the snapshots that can be used.</summary>
/// <param name="Record">The record.</param>
/// <param name="Marks">Where record and snapshots stand; a snapshot that cannot be used has tick 0.</param>
/// <param name="Snapshots">The usable snapshots, newest first.</param>
internal sealed record StoredRoom(RoomRecord Record, StorageMarks Marks, IReadOnlyList<UsableSnapshot> Snapshots)
{
    /// <summary>The newest snapshot; null when there is none.</summary>
    public RoomSnapshot? Newest => Snapshots.Count > 0 ? Snapshots[0].Snapshot : null;

    /// <summary>Whether the room was closed with its newest snapshot, so that no log follows it.</summary>
    public bool IsClosed => Newest is { IsClosed: true } newest && newest.Epoch == Record.Epoch;

    /// <summary>Whether the rules have changed since: a log cannot be simulated again.</summary>
    public bool HasOtherRules(WorldDefinition definition) => Newest is not null && Newest.WorldVersion != definition.WorldVersion;
}
