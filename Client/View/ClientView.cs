// What a client knows about its room: entities by id, each component the newest it heard.
using System;
using System.Collections.Generic;
using Aetheris.Client.Quality;
using Aetheris.Client.View.Motion;
using Aetheris.Protocol.Codec1.Components;
using Aetheris.Protocol.Components;
using Aetheris.Protocol.Identity;

namespace Aetheris.Client.View;

/// <summary>
/// Bounded whatever arrives: at most <see cref="MaxEntities"/> entities and <see cref="MaxTombstones"/> remembered despawns.
/// Within a room epoch a despawned id never comes back; a new epoch clears everything.
/// </summary>
public sealed class ClientView
{
    /// <summary>Most entities; updates of further ones are counted and dropped.</summary>
    public const int MaxEntities = 65_536;

    /// <summary>Most despawned ids remembered; the oldest are forgotten first.</summary>
    public const int MaxTombstones = 65_536;

    internal const int InitialCapacity = 64;

    private readonly ViewColumn<Transform> _places;
    private readonly ViewColumn<Velocity> _velocities;
    private readonly ViewColumn<RoomBounds> _bounds;

    private readonly Dictionary<ulong, int> _slots = new();
    private readonly HashSet<ulong> _dead = new();
    private readonly Queue<ulong> _deadOrder = new();
    private readonly Dictionary<ushort, ViewColumn> _columns = new();
    private readonly Stack<int> _free = new();
    private ViewColumn[] _all = Array.Empty<ViewColumn>();
    private ulong[] _ids = new ulong[InitialCapacity];
    private ulong[]? _confirmed;
    private int _used;

    /// <summary>Creates an empty view of the standard components.</summary>
    public ClientView()
    {
        AddComponent<Transform>(ComponentKinds.Transform);
        AddComponent<Velocity>(ComponentKinds.Velocity);
        AddComponent<ShipStats>(ComponentKinds.ShipStats);
        AddComponent<Loadout>(ComponentKinds.Loadout);
        AddComponent<ShipClassComponent>(ComponentKinds.ShipClassComponent);
        AddComponent<PlayerName>(ComponentKinds.PlayerName);
        AddComponent<FactionTag>(ComponentKinds.FactionTag);
        AddComponent<AsteroidHp>(ComponentKinds.AsteroidHp);
        AddComponent<AsteroidYield>(ComponentKinds.AsteroidYield);
        AddComponent<LootDrop>(ComponentKinds.LootDrop);
        AddComponent<Station>(ComponentKinds.Station);
        AddComponent<JumpGate>(ComponentKinds.JumpGate);
        AddComponent<ProjectileMarker>(ComponentKinds.ProjectileMarker);
        AddComponent<DockedState>(ComponentKinds.DockedState);
        AddComponent<RoomDefinition>(ComponentKinds.RoomDefinition);
        AddComponent<RoomBounds>(ComponentKinds.RoomBounds);
        AddComponent<RoomMembership>(ComponentKinds.RoomMembership);
        AddComponent<MiningBeam>(ComponentKinds.MiningBeam);
        AddComponent<CargoHold>(ComponentKinds.CargoHold);
        AddComponent<Asteroid>(ComponentKinds.Asteroid);
        AddComponent<Weapon>(ComponentKinds.Weapon);
        AddComponent<ShieldPool>(ComponentKinds.ShieldPool);
        AddComponent<HullPool>(ComponentKinds.HullPool);
        AddComponent<CargoDrop>(ComponentKinds.CargoDrop);
        _places = Column<Transform>(ComponentKinds.Transform);
        _velocities = Column<Velocity>(ComponentKinds.Velocity);
        _bounds = Column<RoomBounds>(ComponentKinds.RoomBounds);
    }

    /// <summary>Room epoch of the content, 0 before the first.</summary>
    public uint RoomEpoch { get; private set; }

    /// <summary>Entities known.</summary>
    public int Count => _slots.Count;

    /// <summary>The player's own ship; none for spectators and before possession.</summary>
    public NetworkId OwnShip { get; private set; }

    /// <summary>Newest tick of any accepted value.</summary>
    public ulong NewestTick { get; private set; }

    /// <summary>Updates accepted.</summary>
    public long Updates { get; private set; }

    /// <summary>Updates refused: unknown kind, undecodable value, dead or surplus entity.</summary>
    public long Refused { get; private set; }

    /// <summary>All columns.</summary>
    public ReadOnlySpan<ViewColumn> Columns => _all;

    /// <summary>Slots in use run from 0 to this minus 1; some may be empty.</summary>
    public int SlotCount => _used;

    /// <summary>Entity in a slot, none if it is empty.</summary>
    public NetworkId IdOf(int slot) => new(_ids[slot]);

    /// <summary>Slot of an entity.</summary>
    public bool TryGetSlot(NetworkId id, out int slot) => _slots.TryGetValue(id.Value, out slot);

    /// <summary>The column of a component type.</summary>
    /// <exception cref="KeyNotFoundException">The kind was not added, or with another type.</exception>
    public ViewColumn<T> Column<T>(ushort kind)
        where T : struct, IComponent<T> =>
        _columns.TryGetValue(kind, out var column) && column is ViewColumn<T> typed ? typed : throw new KeyNotFoundException("component kind " + kind);

    /// <summary>A component of an entity; false if the client does not know it.</summary>
    public bool TryGet<T>(NetworkId id, ushort kind, out T value, out ulong tick)
        where T : struct, IComponent<T>
    {
        value = default;
        tick = 0;
        if (!_slots.TryGetValue(id.Value, out var slot))
            return false;
        var column = Column<T>(kind);
        if (!column.Has(slot))
            return false;
        value = column[slot];
        tick = column.TickOf(slot);
        return true;
    }

    /// <summary>Adds a game's own component, before anything arrives.</summary>
    /// <exception cref="ArgumentException">The kind is taken or the view is in use.</exception>
    public void AddComponent<T>(ushort kind, ComponentCodec<T> codec)
        where T : struct, IComponent<T>
    {
        if (_used > 0 || _columns.ContainsKey(kind))
            throw new ArgumentException("component kind " + kind + " is taken or the view is in use", nameof(kind));
        var column = new ViewColumn<T>(kind, codec);
        _columns.Add(kind, column);
        _all = [.. _all, column];
        if (_confirmed is not null)
            ShareConfirmations();
    }

    /// <summary>Where ages of confirmations are recorded, in ticks; null = nowhere.</summary>
    internal LatencyHistogram? Staleness { get; set; }

    /// <summary>Where entities have been in the last ticks.</summary>
    internal MotionTrail Motion { get; } = new();

    /// <summary>Whether an id was despawned in this room epoch.</summary>
    public bool IsDead(NetworkId id) => _dead.Contains(id.Value);

    /// <summary>
    /// Enters a room epoch; another one than before clears the view, unless the state's own streams say when it is void. The own ship stays
    /// the own ship: a room that goes on does not give it again.
    /// </summary>
    internal void EnterEpoch(uint roomEpoch)
    {
        if (RoomEpoch != 0 && RoomEpoch != roomEpoch && _confirmed is null)
        {
            ClearEntities();
            NewestTick = 0;
        }

        RoomEpoch = roomEpoch;
    }

    /// <summary>State comes as confirmations of what is known, not as stamped values: codec 2. Before anything arrives.</summary>
    internal void UseConfirmations()
    {
        if (_confirmed is not null)
            return;
        _confirmed = new ulong[_ids.Length];
        ShareConfirmations();
    }

    /// <summary>Forgets everything: a new connection gets the whole room again.</summary>
    internal void Clear()
    {
        ClearEntities();
        RoomEpoch = 0;
        NewestTick = 0;
        OwnShip = NetworkId.None;
    }

    /// <summary>Forgets all entities, also that some were despawned.</summary>
    internal void ClearEntities()
    {
        for (var slot = 0; slot < _used; slot++)
        {
            if (_ids[slot] == 0)
                continue;
            foreach (var column in _all)
                column.Clear(slot);
            if (_confirmed is not null)
                _confirmed[slot] = 0;
            _ids[slot] = 0;
        }

        _slots.Clear();
        _free.Clear();
        _dead.Clear();
        _deadOrder.Clear();
        _used = 0;
    }

    internal void Possess(NetworkId ship) => OwnShip = ship;

    /// <summary>Takes one component value.</summary>
    /// <returns>False when it was refused.</returns>
    internal bool Update(NetworkId id, ushort kind, ulong tick, ReadOnlySpan<byte> payload)
    {
        if (id == NetworkId.None || _dead.Contains(id.Value) || !_columns.TryGetValue(kind, out var column))
            return Refuse();
        var isNew = !_slots.TryGetValue(id.Value, out var slot);
        if (isNew && !TryAdd(id, out slot))
            return Refuse();
        if (!column.TryAccept(slot, tick, payload))
        {
            if (isNew)
                Remove(id, slot);
            return Refuse();
        }

        if (kind is ComponentKinds.Transform or ComponentKinds.Velocity)
            NoteMotion(slot);
        NewestTick = Math.Max(NewestTick, tick);
        Updates++;
        return true;
    }

    /// <summary>Slot of an entity, taken for it if it is new; −1 when it is dead or the view is full.</summary>
    internal int SlotFor(NetworkId id)
    {
        if (id == NetworkId.None || _dead.Contains(id.Value))
            return -1;
        return _slots.TryGetValue(id.Value, out var slot) || TryAdd(id, out slot) ? slot : -1;
    }

    /// <summary>Takes a value in its frame form for an entity that is there.</summary>
    internal void Accept(ViewColumn column, int slot, ulong tick, ReadOnlySpan<byte> bytes)
    {
        if (column.TryAcceptFrameForm(slot, tick, bytes))
            Updates++;
        else
            Refuse();
    }

    /// <summary>Everything known about an entity holds at a tick.</summary>
    internal void Confirm(int slot, ulong tick)
    {
        NoteStaleness(slot, tick);
        _confirmed![slot] = tick;
        NewestTick = Math.Max(NewestTick, tick);
    }

    /// <summary>Counts as old what was not renewed until now.</summary>
    internal void NoteStaleness()
    {
        if (_confirmed is null)
            return;
        for (var slot = 0; slot < _used; slot++)
            NoteStaleness(slot, NewestTick);
    }

    /// <summary>The place or velocity of an entity is newer than before.</summary>
    internal void NoteMotion(int slot)
    {
        if (_places.Has(slot))
            Motion.Add(slot, _places.TickOf(slot), _places[slot], _velocities[slot]);
    }

    /// <summary>The bounds of the room, once known.</summary>
    internal bool TryGetBounds(out RoomBounds bounds)
    {
        for (var slot = 0; slot < _used; slot++)
        {
            if (_ids[slot] == 0 || !_bounds.Has(slot))
                continue;
            bounds = _bounds[slot];
            return true;
        }

        bounds = default;
        return false;
    }

    /// <summary>An entity is out of sight: it may come back.</summary>
    internal void Forget(NetworkId id)
    {
        if (_slots.TryGetValue(id.Value, out var slot))
            Remove(id, slot);
    }

    /// <summary>The column of a kind, or null.</summary>
    internal ViewColumn? FindColumn(ushort kind) => _columns.TryGetValue(kind, out var column) ? column : null;

    /// <summary>An entity is gone for good.</summary>
    internal void Despawn(NetworkId id)
    {
        if (id == NetworkId.None || !_dead.Add(id.Value))
            return;
        _deadOrder.Enqueue(id.Value);
        if (_deadOrder.Count > MaxTombstones)
            _dead.Remove(_deadOrder.Dequeue());
        if (_slots.TryGetValue(id.Value, out var slot))
            Remove(id, slot);
        if (OwnShip == id)
            OwnShip = NetworkId.None;
    }

    /// <summary>Makes the x of an entity's place far from what it was: the self-test's decoding fault.</summary>
    internal bool TryCorrupt(byte mask, out NetworkId id)
    {
        const int HighBitsOfX = 2;
        var places = Column<Transform>(ComponentKinds.Transform);
        for (var slot = 0; slot < _used; slot++)
        {
            if (_ids[slot] == 0 || !places.Has(slot) || !(Math.Abs(places[slot].X) > 1) || !places.TryCorrupt(slot, HighBitsOfX, mask))
                continue;
            id = new NetworkId(_ids[slot]);
            return true;
        }

        id = NetworkId.None;
        return false;
    }

    private void AddComponent<T>(ushort kind)
        where T : struct, IComponent<T>
    {
        if (!Codec1Components.Standard.TryGet<T>(kind, out var codec))
            throw new InvalidOperationException("codec 1 has no component kind " + kind);
        AddComponent(kind, codec);
    }

    /// <summary>Motion is never left out: it carries its own ticks.</summary>
    private void ShareConfirmations()
    {
        foreach (var column in _all)
            column.Confirmed = column.Kind is ComponentKinds.Transform or ComponentKinds.Velocity or ComponentKinds.ProjectileMarker ? null : _confirmed;
    }

    // What stands still need not be said again, so its age means nothing.
    private void NoteStaleness(int slot, ulong tick)
    {
        var known = _confirmed![slot];
        if (known != 0 && tick > known && _velocities.Has(slot) && (_velocities[slot].X != 0 || _velocities[slot].Y != 0))
            Staleness?.Record((long)(tick - known));
    }

    private bool Refuse()
    {
        Refused++;
        return false;
    }

    private bool TryAdd(NetworkId id, out int slot)
    {
        slot = -1;
        if (_slots.Count >= MaxEntities)
            return false;
        if (_free.Count > 0)
        {
            slot = _free.Pop();
        }
        else
        {
            slot = _used++;
            if (slot == _ids.Length)
            {
                Array.Resize(ref _ids, _ids.Length * 2);
                foreach (var column in _all)
                    column.Grow(_ids.Length);
                Motion.Grow(_ids.Length);
                if (_confirmed is not null)
                {
                    Array.Resize(ref _confirmed, _ids.Length);
                    ShareConfirmations();
                }
            }
        }

        _ids[slot] = id.Value;
        Motion.Clear(slot);
        _slots.Add(id.Value, slot);
        return true;
    }

    private void Remove(NetworkId id, int slot)
    {
        foreach (var column in _all)
            column.Clear(slot);
        if (_confirmed is not null)
            _confirmed[slot] = 0;
        _ids[slot] = 0;
        _slots.Remove(id.Value);
        _free.Push(slot);
    }
}
