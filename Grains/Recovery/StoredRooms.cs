// Reads what storage has of a room and chooses between its two snapshots.
using System.Diagnostics.CodeAnalysis;
using Aetheris.Grains.Metrics;
using Aetheris.Grains.Rooms;
using Aetheris.Grains.Storage;
using Aetheris.World;
using Microsoft.Extensions.Logging;

namespace Aetheris.Grains.Recovery;

/// <summary>The newest snapshot that can be read counts; one that cannot is named in the log, and the other one is taken (DESIGN §3, snapshots).</summary>
internal sealed partial class StoredRooms(RoomStore store, WorldDefinition definition, GrainMetrics metrics, ILogger logger, string room)
{
    /// <summary>Reads a room.</summary>
    /// <returns>Null when storage does not know it.</returns>
    public async Task<StoredRoom?> ReadAsync()
    {
        var record = await store.ReadRecordAsync();
        if (record.Value is null)
            return null;
        var marks = new SlotMark[RoomStore.Slots];
        var usable = new List<UsableSnapshot>();
        for (var slot = 0; slot < RoomStore.Slots; slot++)
        {
            var blob = await store.ReadSnapshotAsync(slot);
            marks[slot] = new SlotMark(blob.Tag, 0);
            if (blob.Value is null || !TryUse(record.Value, blob.Value, slot, out var snapshot, out var world))
                continue;
            marks[slot] = new SlotMark(blob.Tag, snapshot.Tick);
            usable.Add(new UsableSnapshot(snapshot, world));
        }

        usable.Sort(static (left, right) =>
        {
            var epoch = right.Snapshot.Epoch.CompareTo(left.Snapshot.Epoch);
            return epoch != 0 ? epoch : right.Snapshot.Tick.CompareTo(left.Snapshot.Tick);
        });
        if (usable.Count == 0 && (marks[0].Tag ?? marks[1].Tag) is not null)
            LogNone(logger, room);
        return new StoredRoom(record.Value, new StorageMarks(record.Tag, marks[0], marks[1]), usable);
    }

    private bool TryUse(
        RoomRecord record, SnapshotBlob blob, int slot, [NotNullWhen(true)] out RoomSnapshot? snapshot, [NotNullWhen(true)] out RoomWorld? world)
    {
        world = null;
        if (RoomSnapshot.TryRead(blob.Bytes, out snapshot, out var reason)
            && IsOfThisRoom(record, snapshot, ref reason)
            && IsReadable(snapshot, ref reason)
            && RoomWorld.TryLoad(definition, snapshot.WorldVersion, snapshot.World, out world, out reason)
            && world.Tick == snapshot.Tick)
        {
            return true;
        }

        metrics.SnapshotsRefused.Add(1);
        LogRefused(logger, room, slot, reason);
        return false;
    }

    // A silo that was believed dead may have stored a tick that a later epoch has undone.
    private static bool IsOfThisRoom(RoomRecord record, RoomSnapshot snapshot, ref string reason)
    {
        if (RoomLineage.MayContain(record.ReadStarts(), snapshot.Epoch, snapshot.Tick))
            return true;
        reason = "a later epoch has undone it";
        return false;
    }

    private bool IsReadable(RoomSnapshot snapshot, ref string reason)
    {
        if (snapshot.WorldVersion == definition.WorldVersion || snapshot.LayoutVersion == definition.LayoutVersion)
            return true;
        reason = "its rules lay out a room differently (world version " + snapshot.WorldVersion.ToString("x16", System.Globalization.CultureInfo.InvariantCulture) + ")";
        return false;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Snapshot {Slot} of room {Room} cannot be used ({Reason}): the other one is taken")]
    private static partial void LogRefused(ILogger logger, string room, int slot, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "No snapshot of room {Room} can be used: it begins anew")]
    private static partial void LogNone(ILogger logger, string room);
}
