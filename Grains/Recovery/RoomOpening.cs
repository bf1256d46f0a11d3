// How a room begins: a new one, or one that storage and gateways give back.
using Aetheris.Grains.Interfaces.Rooms;
using Aetheris.Grains.Rooms;
using Aetheris.Grains.Storage;
using Aetheris.Protocol;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Frames;
using Aetheris.World;
using Microsoft.Extensions.Logging;
using Orleans.Storage;

namespace Aetheris.Grains.Recovery;

/// <summary>
/// Starts a room from storage in a new epoch (DESIGN §1.4, §3): snapshot, united logs of its gateways, exactly the ticks that somebody
/// saw. Belongs to the grain; the simulation runs on the thread pool.
/// </summary>
internal sealed partial class RoomOpening
{
    private const int MostTries = 5;

    private static readonly DateTimeOffset EpochOrigin = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly RoomHosting _hosting;
    private readonly RoomStore _store;
    private readonly StoredRooms _stored;
    private readonly string _room;

    /// <summary>Begins to open a room.</summary>
    public RoomOpening(RoomHosting hosting, string room)
    {
        _hosting = hosting;
        _room = room;
        _store = hosting.OpenStore(room);
        _stored = new StoredRooms(_store, hosting.Definition, hosting.Metrics, hosting.Logger, room);
        Gathering = new HistoryGathering(hosting.Time);
    }

    /// <summary>What gateways offer.</summary>
    public HistoryGathering Gathering { get; }

    /// <summary>Opens the room.</summary>
    /// <param name="template">Template of a room that storage does not know; null to leave such a room alone.</param>
    /// <returns>Null when storage does not know the room and no template is given.</returns>
    /// <exception cref="InvalidOperationException">This silo was declared dead: it opens nothing any more.</exception>
    public async Task<OpenedRoom?> OpenAsync(string? template)
    {
        var since = _hosting.Time.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            var stored = await _stored.ReadAsync();
            if (stored is null && template is null)
                return null;

            // After the reading: whoever is declared dead later than this has an epoch begun elsewhere against it, and its write fails.
            // Asked earlier, a process that was paused in between would take the room from the silo that has it now.
            if (await _hosting.Standing.IsDeclaredDeadAsync())
                throw new InvalidOperationException("this silo was declared dead");
            try
            {
                return stored is null ? await CreateAsync(template!) : await RecoverAsync(stored, since);
            }
            catch (InconsistentStateException) when (attempt < MostTries)
            {
                // Somebody else began an epoch meanwhile: what they left counts.
            }
        }
    }

    /// <summary>Keeps a room that came here by a move.</summary>
    public RoomKeeper Keep(RoomState state) => Keep(
        CreateRecord(state.Epoch, state.Template, new RoomLineage(state.Lineage, new EpochStart(state.Epoch, state.World.Tick)).Starts), state.Storage);

    /// <summary>Stores a room that storage does not know as if it had been closed here; the next opening finds it. See <see cref="IRoomGrain.ImportAsync"/>.</summary>
    public async Task<ImportOutcome> ImportAsync(SavedRoom saved)
    {
        if (!_hosting.Rooms.TryGetTemplate(saved.Template, out _))
            return ImportOutcome.NoSuchTemplate;
        var definition = _hosting.Definition;
        if ((saved.WorldVersion != definition.WorldVersion && saved.LayoutVersion != definition.LayoutVersion)
            || !RoomWorld.TryLoad(definition, saved.WorldVersion, saved.World, out var world, out _) || world.Tick != saved.Tick)
        {
            return ImportOutcome.Unreadable;
        }

        if ((await _store.ReadRecordAsync()).Value is not null)
            return ImportOutcome.Exists;
        var start = new EpochStart(EpochFloor(), saved.Tick);
        var head = new SnapshotHead(saved.WorldVersion, saved.LayoutVersion, IsClosed: true, start.Epoch, 0, saved.Tick, saved.Tick, saved.Template);
        var snapshot = new ByteWriter(saved.World.Length + 256);
        RoomSnapshot.Write(snapshot, head, new RoomLineage([], start), new SubscriberSet(_hosting.Time, _hosting.Metrics, _hosting.Logger), [0, 0], saved.World);
        try
        {
            // The record last: until it is there, storage does not know the room.
            await WriteSnapshotsAsync(new SnapshotBlob { Bytes = snapshot.Written.ToArray() });
            await _store.WriteRecordAsync(CreateRecord(start.Epoch, saved.Template, [start]), null);
            return ImportOutcome.Opened;
        }
        catch (InconsistentStateException)
        {
            return ImportOutcome.Exists;
        }
    }

    // What is left there of an import that did not come to its end belongs to no room.
    private async Task WriteSnapshotsAsync(SnapshotBlob blob)
    {
        for (var slot = 0; slot < RoomStore.Slots; slot++)
            await _store.WriteSnapshotAsync(slot, blob, (await _store.ReadSnapshotAsync(slot)).Tag);
    }

    private RoomKeeper Keep(RoomRecord record, StorageMarks marks) =>
        new(_store, _room, record, marks, _hosting.Health, _hosting.Metrics, _hosting.Time, _hosting.Logger);

    private async Task<OpenedRoom> CreateAsync(string template)
    {
        var epoch = EpochFloor();
        var record = CreateRecord(epoch, template, [new EpochStart(epoch, 0)]);
        var tag = await _store.WriteRecordAsync(record, null);
        return new OpenedRoom(_hosting.CreateSetup(_room, template, epoch), null, Keep(record, StorageMarks.None with { RecordTag = tag }));
    }

    private async Task<OpenedRoom> RecoverAsync(StoredRoom stored, long since)
    {
        var subscribers = stored.IsClosed ? [] : stored.Newest?.Subscribers ?? [];
        if (!stored.IsClosed)
            await Gathering.WaitAsync([.. subscribers.Where(static known => known.Receives).Select(static known => known.Gateway)]);
        var offers = Gathering.Offers.ToArray();
        var past = RoomLineage.Merge(stored.Record.ReadStarts(), stored.Newest?.Starts ?? []);
        var run = await Task.Run(() => Simulate(stored, past, offers));
        var epoch = Math.Max(HighestEpoch(stored, offers) + 1, EpochFloor());
        var starts = new RoomLineage(RoomLineage.Merge(past, run.Starts), new EpochStart(epoch, run.World.Tick));
        var record = CreateRecord(epoch, stored.Record.Template, starts.Starts);
        var tag = await _store.WriteRecordAsync(record, stored.Marks.RecordTag);
        Count(stored, run, starts, offers, _hosting.Time.GetElapsedTime(since));

        var marks = stored.Marks with { RecordTag = tag };
        var setup = _hosting.CreateSetup(_room, record.Template, epoch, run.World.Settings.TickRate);
        var state = run.World.Tick == 0 ? null : new RoomState
        {
            World = run.World,
            Epoch = epoch,
            Template = record.Template,
            DurableTick = Math.Min(marks.First.Tick, marks.Second.Tick),
            Subscribers = Resolve(subscribers),
            Lineage = starts.Starts,
            Log = [.. run.Entries],
            Recovered = stored.IsClosed ? new RecoveredEvents(stored.Newest!.EventsAfter, stored.Newest.Events) : new RecoveredEvents(run.BaseTick, run.Events),
            Storage = marks,
        };
        return new OpenedRoom(setup, state, Keep(record, marks));
    }

    private Resimulation Simulate(StoredRoom stored, IReadOnlyList<EpochStart> past, OfferedHistory[] offers)
    {
        // A room without a snapshot died in its first second: it is the new room of its template and the log of all its ticks.
        if (stored.Newest is null)
            return Resimulation.Run(CreateWorld(stored.Record), () => CreateWorld(stored.Record), 0, Unite(0, 0, past, offers));
        if (stored.IsClosed || stored.HasOtherRules(_hosting.Definition))
            return Resimulation.Run(stored.Snapshots[0].World, () => LoadAgain(stored.Newest), stored.Newest.Epoch, []);

        // A gateway that was behind the newest snapshot when the room died has missed events that only the ticks before it bring back.
        var choice = stored.Snapshots[0];
        var united = Unite(choice.Snapshot.Epoch, choice.Snapshot.Tick, past, offers);
        if (stored.Snapshots.Count > 1 && Array.Exists(offers, offer => offer.Head.Epoch != 0 && offer.Head.Tick < choice.Snapshot.Tick))
        {
            var older = stored.Snapshots[1];
            var longer = Unite(older.Snapshot.Epoch, older.Snapshot.Tick, past, offers);
            if (older.Snapshot.Tick + (ulong)longer.Count >= choice.Snapshot.Tick + (ulong)united.Count)
                (choice, united) = (older, longer);
        }

        return Resimulation.Run(choice.World, () => LoadAgain(choice.Snapshot), choice.Snapshot.Epoch, united);
    }

    private IReadOnlyList<HistoryEntry> Unite(uint epoch, ulong tick, IReadOnlyList<EpochStart> past, OfferedHistory[] offers)
    {
        var union = HistoryUnion.Build(epoch, tick, past, offers);
        if (union.Conflicts > 0)
        {
            _hosting.Metrics.RecoveryMismatches.Add(1);
            LogConflict(_hosting.Logger, _room, union.Conflicts);
        }

        return union.Entries;
    }

    private RoomWorld LoadAgain(RoomSnapshot snapshot) =>
        RoomWorld.TryLoad(_hosting.Definition, snapshot.WorldVersion, snapshot.World, out var world, out var reason)
            ? world
            : throw new InvalidOperationException(reason);

    private RoomWorld CreateWorld(RoomRecord record)
    {
        var setup = _hosting.CreateSetup(_room, record.Template, record.Epoch);
        return new RoomWorld(_hosting.Definition, setup.CreateSettings());
    }

    private List<SubscriberState> Resolve(IReadOnlyList<SubscriberState> subscribers)
    {
        var resolved = new List<SubscriberState>(subscribers.Count);
        foreach (var subscriber in subscribers)
            resolved.Add(subscriber with { Observer = _hosting.Observers.Read(subscriber.Reference) });
        return resolved;
    }

    private void Count(StoredRoom stored, Resimulation run, RoomLineage lineage, OfferedHistory[] offers, TimeSpan took)
    {
        var outcome = "exact";
        foreach (var offer in offers)
        {
            if (offer.Head.Epoch != 0 && (offer.Head.Tick > run.World.Tick || !lineage.Contains(offer.Head.Epoch, offer.Head.Tick)))
                outcome = "lost";
        }

        if (run.MismatchAt is { } tick)
        {
            outcome = "mismatch";
            _hosting.Metrics.RecoveryMismatches.Add(1);
            LogMismatch(_hosting.Logger, _room, tick);
        }

        _hosting.Metrics.Recoveries.Add(1, new KeyValuePair<string, object?>("outcome", stored.IsClosed ? "closed" : outcome));
        _hosting.Metrics.TicksResimulated.Add(run.Ticks);
        _hosting.Metrics.RecoveryDuration.Record(took.TotalSeconds);
        LogRecovered(_hosting.Logger, _room, run.World.Tick, run.Ticks, offers.Length, run.HashesEqual, (int)took.TotalMilliseconds, outcome);
    }

    private RoomRecord CreateRecord(uint epoch, string template, IReadOnlyList<EpochStart> starts)
    {
        var record = new RoomRecord
        {
            Epoch = epoch,
            Template = template,
            WorldVersion = _hosting.Definition.WorldVersion,
            FrameVersion = ProtocolVersions.Frame,
        };
        record.WriteStarts(starts);
        return record;
    }

    private static uint HighestEpoch(StoredRoom stored, OfferedHistory[] offers)
    {
        var highest = Math.Max(stored.Record.Epoch, stored.Newest?.Epoch ?? 0);
        foreach (var offer in offers)
        {
            highest = Math.Max(highest, offer.Head.Epoch);
            foreach (var entry in offer.Entries)
                highest = Math.Max(highest, entry.Epoch);
        }

        return highest;
    }

    /// <summary>
    /// Seconds since the epochs' own beginning. A store that forgets (memory, a silo that was killed) must not let an epoch come
    /// twice: a gateway that lived through it would take the new room's frames for old ones.
    /// </summary>
    private uint EpochFloor() => (uint)Math.Max(1, (_hosting.Time.GetUtcNow() - EpochOrigin).TotalSeconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Room {Room} recovered at tick {Tick}: {Ticks} ticks simulated again from {Gateways} logs, {Hashes} hashes equal, {Took} ms, {Outcome}")]
    private static partial void LogRecovered(ILogger logger, string room, ulong tick, int ticks, int gateways, int hashes, int took, string outcome);

    [LoggerMessage(Level = LogLevel.Error, Message = "The logs of room {Room} lead elsewhere at tick {Tick} than they had: the room goes on from the tick before")]
    private static partial void LogMismatch(ILogger logger, string room, ulong tick);

    [LoggerMessage(Level = LogLevel.Error, Message = "Gateways had different logs of {Ticks} ticks of room {Room}: the longer one counts")]
    private static partial void LogConflict(ILogger logger, string room, int ticks);
}
