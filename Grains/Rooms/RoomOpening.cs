// How a room begins: a new one, or one that storage knows.
using Aetheris.Grains.Storage;
using Aetheris.Protocol;
using Orleans.Storage;

namespace Aetheris.Grains.Rooms;

/// <summary>Starts a room from storage in a new epoch.</summary>
internal sealed class RoomOpening(RoomHosting hosting, string room)
{
    private const int MostTries = 5;

    private static readonly DateTimeOffset EpochOrigin = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly RoomStore _store = hosting.OpenStore(room);

    /// <summary>Begins a new epoch by compare-and-set.</summary>
    /// <param name="template">Template of a room without a record.</param>
    /// <returns>The record as stored.</returns>
    public async Task<RoomRecord> BeginEpochAsync(string template)
    {
        for (var attempt = 1; ; attempt++)
        {
            var stored = await _store.ReadRecordAsync();
            var record = new RoomRecord
            {
                Epoch = Math.Max((stored.Value?.Epoch ?? 0) + 1, EpochFloor()),
                Template = template,
                WorldVersion = hosting.Definition.WorldVersion,
                FrameVersion = ProtocolVersions.Frame,
            };
            try
            {
                await _store.WriteRecordAsync(record, stored.Tag);
                return record;
            }
            catch (InconsistentStateException) when (attempt < MostTries)
            {
                // Somebody else began an epoch meanwhile: ours is a later one.
            }
        }
    }

    /// <summary>
    /// Seconds since the epochs' own beginning. A store that forgets (memory, a silo that was killed) must not let an epoch come
    /// twice: a gateway that lived through it would take the new room's frames for old ones.
    /// </summary>
    private uint EpochFloor() => (uint)Math.Max(0, (hosting.Time.GetUtcNow() - EpochOrigin).TotalSeconds);
}
