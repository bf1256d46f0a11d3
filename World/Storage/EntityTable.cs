// Entities as dense slots with component columns: the storage of rooms and of replicas.
using System;
using System.Collections.Generic;
using Aetheris.Protocol.Components;
using Aetheris.Protocol.Identity;

namespace Aetheris.World;

/// <summary>
/// Entities by slot (u16, reused under a 4-bit generation) and by network id (ascending: the only order of iteration). Per slot a
/// presence mask and a mask of what changed since the last extraction, one bit per registered component.
/// </summary>
public sealed class EntityTable
{
    /// <summary>Most slots: a slot is a u16 on the wire.</summary>
    public const int MaxSlots = 65536;

    /// <summary>Generations of a slot: 4 bits on the wire.</summary>
    public const int Generations = 16;

    private const int InitialCapacity = 64;

    private readonly ComponentColumn[] _columns;
    private ulong[] _ids = new ulong[InitialCapacity];
    private byte[] _generations = new byte[InitialCapacity];
    private ulong[] _present = new ulong[InitialCapacity];
    private ulong[] _dirty = new ulong[InitialCapacity];
    private bool[] _fresh = new bool[InitialCapacity];
    private ushort[] _order = new ushort[InitialCapacity];
    private ulong[] _orderIds = new ulong[InitialCapacity];

    internal EntityTable(WorldDefinition definition)
    {
        Definition = definition;
        _columns = new ComponentColumn[definition.Components.Count];
        for (var i = 0; i < _columns.Length; i++)
            _columns[i] = definition.Components[i].CreateColumn(this);
    }

    /// <summary>The rules it is laid out for.</summary>
    public WorldDefinition Definition { get; }

    /// <summary>Entities.</summary>
    public int Count { get; private set; }

    /// <summary>Slots with memory.</summary>
    public int Capacity => _ids.Length;

    /// <summary>The slots of all entities by ascending network id; valid until the next spawn or despawn.</summary>
    public ReadOnlySpan<ushort> Slots => _order.AsSpan(0, Count);

    /// <summary>Largest network id present, 0 when empty.</summary>
    public NetworkId LastId => new(Count == 0 ? 0 : _orderIds[Count - 1]);

    internal List<DespawnedEntity> Despawned { get; } = new();

    /// <summary>The network id in a slot; <see cref="NetworkId.None"/> when it is free.</summary>
    public NetworkId IdOf(int slot) => new(_ids[slot]);

    /// <summary>Whether an entity is in the slot; false for any other number.</summary>
    public bool IsAlive(int slot) => (uint)slot < (uint)_ids.Length && _ids[slot] != 0;

    /// <summary>The generation of a slot, 0–15.</summary>
    public byte GenerationOf(int slot) => _generations[slot];

    /// <summary>Bits of the components that the entity has.</summary>
    public ulong MaskOf(int slot) => _present[slot];

    /// <summary>Bits of the components that were written, added or removed since the last extraction.</summary>
    public ulong DirtyOf(int slot) => _dirty[slot];

    /// <summary>Finds an entity.</summary>
    public bool TryGetSlot(NetworkId id, out int slot)
    {
        var index = Array.BinarySearch(_orderIds, 0, Count, id.Value);
        slot = index >= 0 ? _order[index] : -1;
        return index >= 0;
    }

    /// <summary>The values of a component.</summary>
    public ComponentColumn<T> Column<T>(ComponentKey<T> key)
        where T : struct, IComponent<T> => (ComponentColumn<T>)_columns[key.Index];

    /// <summary>The values of a component by its index in the definition.</summary>
    public ComponentColumn ColumnAt(int index) => _columns[index];

    /// <summary>Finds the values of a component by the number of its kind.</summary>
    public bool TryGetColumn(ushort kind, out ComponentColumn column)
    {
        var known = Definition.TryGetComponent(kind, out var component);
        column = known ? _columns[component.Index] : null!;
        return known;
    }

    internal bool IsFresh(int slot) => _fresh[slot];

    /// <summary>Puts an entity without components into a free slot. Ids only grow, so the order is an append.</summary>
    internal bool TryInsert(int slot, byte generation, NetworkId id)
    {
        if ((uint)slot >= MaxSlots || generation >= Generations || id.Value <= LastId.Value || IsAlive(slot))
            return false;
        EnsureCapacity(slot + 1);
        _ids[slot] = id.Value;
        _generations[slot] = generation;
        _present[slot] = 0;
        _dirty[slot] = 0;
        _fresh[slot] = true;
        if (Count == _order.Length)
        {
            Array.Resize(ref _order, Count * 2);
            Array.Resize(ref _orderIds, Count * 2);
        }

        _order[Count] = (ushort)slot;
        _orderIds[Count] = id.Value;
        Count++;
        return true;
    }

    /// <summary>Empties a slot and remembers for the next extraction that its entity is gone.</summary>
    internal void Remove(int slot)
    {
        var index = Array.BinarySearch(_orderIds, 0, Count, _ids[slot]);
        Count--;
        Array.Copy(_order, index + 1, _order, index, Count - index);
        Array.Copy(_orderIds, index + 1, _orderIds, index, Count - index);
        Vacate(slot);
    }

    /// <summary>Empties a slot but leaves its place in the order: <see cref="CloseGaps"/> follows before anything else happens.</summary>
    internal void Vacate(int slot)
    {
        if (!_fresh[slot])
            Despawned.Add(new DespawnedEntity((ushort)slot, new NetworkId(_ids[slot])));
        for (var mask = _present[slot]; mask != 0; mask &= mask - 1)
            _columns[Bits.Lowest(mask)].Clear(slot);
        _ids[slot] = 0;
        _present[slot] = 0;
        _dirty[slot] = 0;
        _fresh[slot] = false;
    }

    /// <summary>Takes every vacated slot out of the order in one pass.</summary>
    internal void CloseGaps()
    {
        var kept = 0;
        for (var i = 0; i < Count; i++)
        {
            if (_ids[_order[i]] == 0)
                continue;
            _order[kept] = _order[i];
            _orderIds[kept++] = _orderIds[i];
        }

        Count = kept;
    }

    internal void RemoveAll()
    {
        while (Count > 0)
            Remove(_order[Count - 1]);
    }

    internal void SetGeneration(int slot, byte generation)
    {
        EnsureCapacity(slot + 1);
        _generations[slot] = generation;
    }

    internal void AddBit(int slot, ulong bit) => _present[slot] |= bit;

    internal void RemoveBit(int slot, ulong bit)
    {
        _present[slot] &= ~bit;
        _dirty[slot] |= bit;
    }

    internal void RemoveComponents(int slot, ulong mask)
    {
        for (; mask != 0; mask &= mask - 1)
        {
            var index = Bits.Lowest(mask);
            _columns[index].Clear(slot);
            _present[slot] &= ~(1UL << index);
        }
    }

    internal void MarkDirty(int slot, ulong bit) => _dirty[slot] |= bit;

    internal void MarkClean()
    {
        foreach (var slot in Slots)
        {
            _dirty[slot] = 0;
            _fresh[slot] = false;
        }

        Despawned.Clear();
    }

    private void EnsureCapacity(int slots)
    {
        if (slots <= _ids.Length)
            return;
        var capacity = _ids.Length;
        while (capacity < slots)
            capacity *= 2;
        Array.Resize(ref _ids, capacity);
        Array.Resize(ref _generations, capacity);
        Array.Resize(ref _present, capacity);
        Array.Resize(ref _dirty, capacity);
        Array.Resize(ref _fresh, capacity);
    }
}
