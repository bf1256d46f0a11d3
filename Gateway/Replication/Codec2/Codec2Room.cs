// One room as codec 2 sees it: cells, their states and this tick's blocks, shared by all connections.
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Codec2;
using Aetheris.Protocol.Components;
using Aetheris.World;
using Aetheris.World.Replica;

namespace Aetheris.Gateway.Replication.Codec2;

/// <summary>
/// Stepped once per frame while any of the room's connections speaks codec 2. Everything that is not one client's own is done here,
/// once: quantising, cells, and each block per (cell, base, second base). Steady use allocates nothing.
/// </summary>
public sealed class Codec2Room
{
    private static readonly ulong MotionMask = StandardComponents.Transform.Bit | StandardComponents.Velocity.Bit;
    private static readonly ulong CombatMask = StandardComponents.Weapon.Bit | StandardComponents.HullPool.Bit;

    private readonly RoomReplica _replica;
    private readonly List<ushort> _changed = [];
    private readonly List<ushort> _rested = [];
    private readonly ByteWriter _bytes = new(16 * 1024);
    private readonly BlockEncoder _encoder = new();
    private MotionRecorder _motions = null!;
    private SlowTicks _slow = null!;
    private RoomBounds _bounds;
    private uint _epoch;
    private int _boundsSlot = -1;
    private int _tickRate;

    /// <summary>A room that has seen no frame.</summary>
    /// <param name="replica">Its replica.</param>
    /// <param name="rules">Channels, filters and counters.</param>
    public Codec2Room(RoomReplica replica, Codec2Rules rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        _replica = replica;
        Channels = rules.Channels;
        Metrics = rules.Metrics;
        Filters = new InterestFilters(rules.Filters);
        Cells = new CellMap(Channels, Filters);
    }

    /// <summary>What travels how urgently.</summary>
    public ChannelRegistry Channels { get; }

    /// <summary>Tick of the newest step; 0 before the first.</summary>
    public ulong Tick { get; private set; }

    /// <summary>Rises whenever all bases are void: first use, a new room epoch, other bounds.</summary>
    public uint Generation { get; private set; }

    /// <summary>Counters.</summary>
    public Codec2Metrics Metrics { get; }

    /// <summary>What both ends agree on; null before the first step.</summary>
    public Codec2Schema? Schema { get; private set; }

    internal InterestFilters Filters { get; }

    /// <summary>Which cell every entity is in.</summary>
    public CellMap Cells { get; }

    /// <summary>The room's replica.</summary>
    public RoomReplica Replica => _replica;

    /// <summary>Takes the replica's newest frame or image.</summary>
    /// <param name="epoch">Room epoch.</param>
    /// <param name="tick">Its tick.</param>
    /// <param name="tickRate">Ticks per second.</param>
    public void Step(uint epoch, ulong tick, int tickRate)
    {
        _bytes.Clear();
        _changed.Clear();
        var changes = _replica.LastChanges;
        var isNew = Schema is null || epoch != _epoch || tick <= Tick || tickRate != _tickRate || !FindBounds(changes);
        var passed = tick - Tick;
        _epoch = epoch;
        _tickRate = tickRate;
        Tick = tick;
        if (isNew)
        {
            Rebuild();
            passed = 1;
        }
        else
        {
            Cells.BeginTick(_replica, tick);
            for (var i = 0; i < changes.Count; i++)
                Apply(changes[i]);
        }

        _rested.Clear();
        _motions.Record(tick, _changed, _rested);
        foreach (var slot in _changed)
        {
            if (!_motions.Of(slot).AtRest)
                Cells.SetResting(_replica, slot, isResting: false, tick);
        }

        foreach (var slot in _rested)
            Cells.SetResting(_replica, slot, isResting: true, tick);
        _slow.Advance(tick, passed, _changed);
        foreach (var slot in _changed)
        {
            if (Cells.Of(slot) is { } cell)
                cell.ChangedAt = tick;
        }
    }

    /// <summary>Nobody speaks codec 2 here: the next step begins anew.</summary>
    public void Rest()
    {
        if (Schema is null)
            return;
        Schema = null;
        Cells.Reset(in _bounds);
    }

    /// <summary>The block of a cell against bases that a client has acknowledged for it; 0 = none. It is encoded at most once per tick.</summary>
    internal EncodedBlock BlockOf(Cell cell, ulong first, ulong second)
    {
        var age = first == 0 ? 0 : (int)(Tick - first);
        var gap = second == 0 ? 0 : (int)(first - second);
        Metrics.CountUsed();
        if (cell.TryGetBlock(Tick, age, gap, out var block))
            return block;
        Metrics.CountEncoded();
        var start = _bytes.Length;
        var check = _encoder.Encode(Schema!, StateOf(cell), cell.StateAt(first), cell.StateAt(second), _slow, _bytes);
        var length = _bytes.Length - start;
        if (length > Codec2Limits.MaxBlock)
        {
            _bytes.Truncate(start);
            length = -1;
            cell.IsTooLarge |= age == 0;
        }

        block = new EncodedBlock(age, gap, start, length, check);
        cell.Keep(Tick, in block);
        return block;
    }

    /// <summary>The bytes of a block of this tick; valid until the next one is encoded.</summary>
    internal ReadOnlySpan<byte> BytesOf(in EncodedBlock block) => _bytes.Written.Slice(block.Offset, block.Length);

    private CellSnapshot StateOf(Cell cell)
    {
        var state = cell.StateFor(Tick);
        if (state.Tick == Tick)
            return state;
        state.Clear(Tick);
        var entities = _replica.Entities;
        var transforms = entities.Column(StandardComponents.Transform);
        foreach (var slot in cell.Members)
            state.TryAdd(slot, entities.GenerationOf(slot), transforms[slot].EntityType, in _motions.Of(slot));
        return state;
    }

    private void Rebuild()
    {
        FindBounds(null);
        Generation++;
        Schema = Codec2Schemas.Build(_replica.Definition, _tickRate, in _bounds);
        _motions = new MotionRecorder(_replica, new MotionQuantizer(Schema));
        _slow = new SlowTicks(_replica, Schema);
        Cells.Reset(in _bounds);
        foreach (var slot in _replica.Entities.Slots)
            Add(slot);
    }

    private void Apply(in EntityChange change)
    {
        switch (change.Kind)
        {
            case EntityChangeKind.Despawned:
                Cells.Remove(change.Slot, Tick);
                break;
            case EntityChangeKind.Spawned:
                Add(change.Slot);
                break;
            default:
                if ((change.Mask & MotionMask) != 0)
                    _motions.Note(change.Slot, Tick);
                Cells.Update(_replica, change.Slot, change.Mask | change.Removed, Tick);
                if (_slow.Note(change.Slot, change.Mask, change.Removed, Tick))
                    _changed.Add(change.Slot);
                if ((change.Mask & CombatMask) != 0 && Cells.Of(change.Slot) is { } cell)
                    cell.CombatAt = Tick;
                break;
        }
    }

    private void Add(ushort slot)
    {
        _motions.Add(slot, Tick);
        _slow.Add(slot, Tick);
        ref readonly var velocity = ref _replica.Entities.Column(StandardComponents.Velocity)[slot];
        Cells.Add(_replica, slot, isResting: velocity.X == 0 && velocity.Y == 0, Tick);
    }

    /// <summary>Looks for the room's bounds.</summary>
    /// <returns>Whether they are as before.</returns>
    private bool FindBounds(IReadOnlyList<EntityChange>? changes)
    {
        var known = _replica.Entities.Column(StandardComponents.RoomBounds);
        var isDue = changes is null;
        for (var i = 0; !isDue && i < changes!.Count; i++)
        {
            isDue = changes[i].Slot == _boundsSlot
                || ((changes[i].Mask | changes[i].Removed) & StandardComponents.RoomBounds.Bit) != 0;
        }

        if (!isDue)
            return true;
        _boundsSlot = -1;
        var half = EntitySpawner.RoomHalfSize;
        var bounds = new RoomBounds { MinX = -half, MinY = -half, MaxX = half, MaxY = half };
        foreach (var slot in _replica.Entities.Slots)
        {
            if (!known.Has(slot))
                continue;
            _boundsSlot = slot;
            bounds = known[slot];
            break;
        }

        var same = bounds.BitsEqual(in _bounds);
        _bounds = bounds;
        return same;
    }
}
