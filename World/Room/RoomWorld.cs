// A room: a deterministic function of its command log (DESIGN §1.1).
using System;
using System.Buffers;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.IO.Hashing;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Components;
using Aetheris.Protocol.Events;
using Aetheris.Protocol.Identity;

namespace Aetheris.World;

/// <summary>
/// The state of one room and its tick: <see cref="BeginTick"/>, <see cref="Apply"/> for each command, <see cref="Step"/>,
/// <see cref="Extract"/>. Not thread-safe; a tick of a room that has warmed up allocates nothing.
/// </summary>
public sealed class RoomWorld
{
    /// <summary>Most reliable events of one tick: a frame counts them in a u16.</summary>
    public const int MaxEventsPerTick = ushort.MaxValue;

    /// <summary>Ids end here, far before they could overflow (W-05).</summary>
    private const ulong LastUsableId = ulong.MaxValue - RoomSettings.LargestMaxEntities;

    private readonly IRoomResource[] _resources;
    private readonly List<RoomEvent> _events = new();
    private readonly List<AppliedInput> _applied = new();
    private readonly ByteWriter _scratch = new();

    /// <summary>Creates an empty room at tick 0.</summary>
    /// <exception cref="ArgumentException">A setting is out of its range.</exception>
    public RoomWorld(WorldDefinition definition, RoomSettings settings)
    {
        if (!settings.IsValid)
            throw new ArgumentException("TickRate must be at least 1 and MaxEntities 3 to " + RoomSettings.LargestMaxEntities, nameof(settings));
        Definition = definition;
        Settings = settings;
        DeltaTime = (float)(1f / (float)settings.TickRate);
        Entities = new EntityTable(definition);
        _resources = new IRoomResource[definition.ResourceCount];
        for (var i = 0; i < _resources.Length; i++)
            _resources[i] = definition.CreateResource(i, settings);
    }

    /// <summary>The rules.</summary>
    public WorldDefinition Definition { get; }

    /// <summary>The room's settings.</summary>
    public RoomSettings Settings { get; }

    /// <summary>Seconds per tick (W-01).</summary>
    public float DeltaTime { get; }

    /// <summary>All entities.</summary>
    public EntityTable Entities { get; }

    /// <summary>The tick that is being or was last simulated (W-02): 0 at start.</summary>
    public ulong Tick { get; internal set; }

    /// <summary>The entity of the room itself; none until the first spawn (W-12) and after ClearWorld.</summary>
    public NetworkId Room { get; internal set; }

    /// <summary>The owner table.</summary>
    public PlayerTable Players => Resource(StandardResources.Players);

    /// <summary>How far each gateway's commands have been taken in.</summary>
    public GatewaySequences Gateways => Resource(StandardResources.Gateways);

    /// <summary>Inputs that act in this step, by ascending network id of their ships and then in order of application. Index it: enumerating allocates.</summary>
    public IReadOnlyList<AppliedInput> AppliedInputs => _applied;

    /// <summary>Entities that may still be created.</summary>
    public int FreeEntities => LastId <= LastUsableId ? Settings.MaxEntities - Entities.Count : 0;

    /// <summary>Commands whose rule threw, since this object was made; not part of the state.</summary>
    public long CommandFaults { get; private set; }

    /// <summary>What the last of them threw.</summary>
    public Exception? LastCommandFault { get; private set; }

    internal ulong LastId { get; set; }

    internal SlotAllocator Allocator { get; } = new();

    internal List<RoomEvent> Events => _events;

    internal TickBuffers Buffers { get; } = new();

    /// <summary>Room-wide state of a rule.</summary>
    public T Resource<T>(ResourceKey<T> key)
        where T : class, IRoomResource => (T)_resources[key.Index];

    /// <summary>Starts the next tick; its commands follow.</summary>
    public void BeginTick() => Tick++;

    /// <summary>
    /// Applies a command in the order of the log. A rule that throws costs what is left of its command, here as in every replay of the log:
    /// were it to cost the tick, the command would come again with every recovery, and the room would never tick again.
    /// </summary>
    /// <returns>False if it was ignored as a whole: a sequence that its gateway has already reached, or no such kind. True if it belongs to the log, whether or not it had an effect.</returns>
    public bool Apply(in Command command)
    {
        var rule = Definition.CommandRule(command.Kind);
        if (rule is null && command.Kind < CommandKind.FirstCustom)
            return false;
        if (command.Gateway != GatewayId.None && !Gateways.TryAdvance(command.Gateway, command.Sequence))
            return false;
        try
        {
            rule?.Apply(this, command);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            CommandFaults++;
            LastCommandFault = exception;
        }

        return true;
    }

    /// <summary>The ship of the player who sends a command, when it comes by their current connection.</summary>
    /// <param name="command">A player's command.</param>
    /// <param name="slot">The ship.</param>
    /// <returns>False for an older connection, a player who watches or is dead, and the room's own commands.</returns>
    public bool TryGetShip(in Command command, out int slot)
    {
        slot = -1;
        return Players.TryCurrent(command.Player, command.Connection, out var row) && Entities.TryGetSlot(Players[row].Ship, out slot);
    }

    /// <summary>Runs every system once, in the definition's order.</summary>
    public void Step()
    {
        _applied.Clear();
        foreach (var system in Definition.Systems)
            system.Step(this);
    }

    /// <summary>Moves everything that changed since the last call into a change set.</summary>
    public void Extract(ChangeSet into)
    {
        into.Fill(this);
        Entities.MarkClean();
        _events.Clear();
    }

    /// <summary>Appends the whole state that rides in frames, as a changes section with every entity as spawned. Taken after <see cref="Extract"/>, so that the next frame continues it.</summary>
    public void WriteImage(ByteWriter writer) => ChangesFormat.WriteImage(writer, Entities);

    /// <summary>
    /// Appends the whole state. Taken after <see cref="Extract"/>: what is not extracted yet would be missing from the next frame of
    /// the loaded room.
    /// </summary>
    public void Save(IBufferWriter<byte> into)
    {
        WriteScratch();
        _scratch.WriteUInt32(Crc32C.Compute(_scratch.Written));
        _scratch.Written.CopyTo(into.GetSpan(_scratch.Length));
        into.Advance(_scratch.Length);
    }

    /// <summary>Saves and hashes at the price of one: appends what <see cref="Save"/> appends.</summary>
    /// <returns>What <see cref="StateHash"/> returns.</returns>
    public ulong SaveAndHash(IBufferWriter<byte> into)
    {
        Save(into);
        return XxHash64.HashToUInt64(_scratch.Written.Slice(0, _scratch.Length - sizeof(uint)));
    }

    /// <summary>Reads a saved room. Never throws for its bytes and takes memory only in proportion to their number.</summary>
    /// <param name="definition">The rules; their world version must be the one of the bytes.</param>
    /// <param name="bytes">What <see cref="Save"/> wrote.</param>
    /// <param name="world">The room, or null.</param>
    /// <param name="reason">Why there is none, for a log; empty on success.</param>
    public static bool TryLoad(WorldDefinition definition, ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out RoomWorld? world, out string reason) =>
        RoomSave.TryRead(definition, definition.WorldVersion, bytes, out world, out reason);

    /// <summary>Reads a room that was saved under other rules with the same <see cref="WorldDefinition.LayoutVersion"/>: it goes on under these.</summary>
    /// <param name="definition">The rules from now on.</param>
    /// <param name="savedVersion">WorldVersion of the rules that saved it; the caller has compared the layouts.</param>
    /// <param name="bytes">What <see cref="Save"/> wrote.</param>
    /// <param name="world">The room, or null.</param>
    /// <param name="reason">Why there is none, for a log; empty on success.</param>
    public static bool TryLoad(
        WorldDefinition definition, ulong savedVersion, ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out RoomWorld? world, out string reason) =>
        RoomSave.TryRead(definition, savedVersion, bytes, out world, out reason);

    /// <summary>
    /// Hash of everything that can influence the future: XxHash64 over the bytes of <see cref="Save"/>, so that nothing can be saved
    /// but not hashed; chosen for its speed on one long buffer and its many ports.
    /// </summary>
    public ulong StateHash()
    {
        WriteScratch();
        return XxHash64.HashToUInt64(_scratch.Written);
    }

    /// <summary>The original's hash (WORLD_RULES §11): positions and ship stats by ascending network id.</summary>
    public ulong GoldenHash()
    {
        var transforms = Entities.Column(StandardComponents.Transform);
        var stats = Entities.Column(StandardComponents.ShipStats);
        _scratch.Clear();
        foreach (var slot in Entities.Slots)
        {
            _scratch.WriteUInt64(Entities.IdOf(slot).Value);
            if (transforms.Has(slot))
                transforms[slot].Write(_scratch);
            if (!stats.Has(slot))
                continue;
            ref readonly var values = ref stats[slot];
            _scratch.WriteUInt16(values.Hp);
            _scratch.WriteUInt16(values.Shield);
            _scratch.WriteUInt16(values.Energy);
        }

        return SipHash13.Compute(_scratch.Written);
    }

    /// <summary>Creates an entity without components under the next id (W-05).</summary>
    /// <returns>Its slot, or −1 when <see cref="RoomSettings.MaxEntities"/> is reached.</returns>
    public int Create()
    {
        if (FreeEntities <= 0)
            return -1;
        var slot = Allocator.Take();
        LastId++;
        if (!Entities.TryInsert(slot, slot < Entities.Capacity ? Entities.GenerationOf(slot) : (byte)0, new NetworkId(LastId)))
            throw new InvalidOperationException("slot " + slot + " is taken");
        return slot;
    }

    /// <summary>Removes an entity at once (W-16). Not while iterating over <see cref="EntityTable.Slots"/>.</summary>
    public void Despawn(int slot)
    {
        Release(slot);
        Entities.Remove(slot);
    }

    /// <summary>Removes several entities in this order, in time proportional to all that there are; unknown ids count for nothing.</summary>
    public void DespawnAll(List<NetworkId> ids)
    {
        foreach (var id in ids)
        {
            if (!Entities.TryGetSlot(id, out var slot) || !Entities.IsAlive(slot))
                continue;
            Release(slot);
            Entities.Vacate(slot);
        }

        if (ids.Count > 0)
            Entities.CloseGaps();
    }

    /// <summary>Adds a reliable event; its tick is set here. What exceeds <see cref="MaxEventsPerTick"/> is lost.</summary>
    public void Emit(in RoomEvent roomEvent)
    {
        if (_events.Count == MaxEventsPerTick)
            return;
        var stamped = roomEvent;
        stamped.Tick = Tick;
        _events.Add(stamped);
    }

    internal void NoteApplied(int slot, in ShipInput input) => _applied.Add(new AppliedInput(slot, input));

    internal IRoomResource ResourceAt(int index) => _resources[index];

    /// <summary>Everything that knows of an entity but the table forgets it.</summary>
    private void Release(int slot)
    {
        var pilot = Ownerships.PilotOf(this, slot);
        if (pilot >= 0)
            Players.At(pilot).Ship = NetworkId.None;
        if (Room == Entities.IdOf(slot))
            Room = NetworkId.None;
        Entities.SetGeneration(slot, (byte)((Entities.GenerationOf(slot) + 1) % EntityTable.Generations));
        Allocator.Release(slot);
    }

    private void WriteScratch()
    {
        _scratch.Clear();
        RoomSave.Write(_scratch, this);
    }
}
