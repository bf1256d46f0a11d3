// One room's objects in grain storage: its record and its two snapshots.
using Orleans.Storage;

namespace Aetheris.Grains.Storage;

/// <summary>
/// Uses the storage directly rather than through the grain's persistent state: an InconsistentStateException is then ours to handle and
/// never ends the activation by itself (DESIGN §3, epoch). Every call is bounded in time. Thread-safe as far as the storage is.
/// </summary>
public sealed class RoomStore
{
    /// <summary>Number of snapshots.</summary>
    public const int Slots = 2;

    /// <summary>A storage that does not answer within this time counts as away.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    private const string RecordName = "record";
    private static readonly string[] SlotNames = ["snapshot-a", "snapshot-b"];

    private readonly IGrainStorage _storage;
    private readonly TimeProvider _time;
    private readonly GrainId _id;

    /// <summary>Opens a room's objects.</summary>
    /// <param name="storage">Grain storage "aetheris".</param>
    /// <param name="time">Time for the bound.</param>
    /// <param name="room">Room name.</param>
    public RoomStore(IGrainStorage storage, TimeProvider time, string room)
    {
        _storage = storage;
        _time = time;
        _id = GrainId.Create("aetheris.room", room);
    }

    /// <summary>Reads the record.</summary>
    public Task<Stored<RoomRecord>> ReadRecordAsync() => ReadAsync<RoomRecord>(RecordName);

    /// <summary>Replaces the record.</summary>
    /// <param name="record">The new one.</param>
    /// <param name="tag">Tag of the one that it replaces; null when there must be none.</param>
    /// <returns>The new tag.</returns>
    /// <exception cref="InconsistentStateException">Another one is stored.</exception>
    public Task<string?> WriteRecordAsync(RoomRecord record, string? tag) => WriteAsync(RecordName, record, tag);

    /// <summary>Reads a snapshot.</summary>
    public Task<Stored<SnapshotBlob>> ReadSnapshotAsync(int slot) => ReadAsync<SnapshotBlob>(SlotNames[slot]);

    /// <summary>Replaces a snapshot.</summary>
    /// <param name="slot">0 or 1.</param>
    /// <param name="blob">The new one.</param>
    /// <param name="tag">Tag of the one that it replaces; null when there must be none.</param>
    /// <returns>The new tag.</returns>
    /// <exception cref="InconsistentStateException">Another one is stored.</exception>
    public Task<string?> WriteSnapshotAsync(int slot, SnapshotBlob blob, string? tag) => WriteAsync(SlotNames[slot], blob, tag);

    private async Task<Stored<T>> ReadAsync<T>(string name)
        where T : class, new()
    {
        var state = new GrainState<T>(new T());
        await _storage.ReadStateAsync(name, _id, state).WaitAsync(Timeout, _time).ConfigureAwait(false);
        return new Stored<T>(state.RecordExists ? state.State : null, state.ETag);
    }

    private async Task<string?> WriteAsync<T>(string name, T value, string? tag)
        where T : class
    {
        var state = new GrainState<T>(value, tag) { RecordExists = tag is not null };
        await _storage.WriteStateAsync(name, _id, state).WaitAsync(Timeout, _time).ConfigureAwait(false);
        return state.ETag;
    }
}
