// The values of one component for all slots; the only way to write one.
using System;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Components;

namespace Aetheris.World;

/// <summary>One component's values by slot. Memory is taken with the first value, so that unused components cost nothing.</summary>
/// <typeparam name="T">The component.</typeparam>
public sealed class ComponentColumn<T> : ComponentColumn
    where T : struct, IComponent<T>
{
    private static readonly T[] Absent = new T[1];

    private readonly EntityTable _table;
    private T[] _values = Array.Empty<T>();

    internal ComponentColumn(EntityTable table, ComponentDefinition definition)
        : base(definition) => _table = table;

    /// <summary>The value; default when the entity lacks it.</summary>
    public ref readonly T this[int slot] => ref (uint)slot < (uint)_values.Length ? ref _values[slot] : ref Absent[0];

    /// <summary>Whether the entity has the component.</summary>
    public bool Has(int slot) => (_table.MaskOf(slot) & Definition.Bit) != 0;

    /// <summary>Adds or replaces the value; marks it changed only if its bits differ.</summary>
    /// <returns>Whether it changed.</returns>
    /// <exception cref="InvalidOperationException">No entity is in the slot.</exception>
    public bool Set(int slot, in T value)
    {
        if (Has(slot))
        {
            if (_values[slot].BitsEqual(value))
                return false;
        }
        else
        {
            Add(slot);
        }

        _values[slot] = value;
        _table.MarkDirty(slot, Definition.Bit);
        return true;
    }

    /// <summary>Takes the component from an entity.</summary>
    public void Remove(int slot)
    {
        if (!Has(slot))
            return;
        _values[slot] = default;
        _table.RemoveBit(slot, Definition.Bit);
    }

    /// <summary>The value for changing in place: for components that stay in the room, where no one asks what changed.</summary>
    /// <exception cref="InvalidOperationException">The component rides in frames, or the entity lacks it.</exception>
    public ref T Mutate(int slot)
    {
        if (Definition.InFrames || !Has(slot))
            throw new InvalidOperationException("only a present component that stays in the room may change in place");
        return ref _values[slot];
    }

    /// <inheritdoc />
    public override object? ValueAt(int slot) => Has(slot) ? _values[slot] : null;

    /// <inheritdoc />
    public override void Write(int slot, ByteWriter writer) => _values[slot].Write(writer);

    internal override bool TryRead(int slot, ref ByteReader reader)
    {
        if (!Has(slot))
            Add(slot);
        T value = default;
        if (!value.TryRead(ref reader))
            return false;
        _values[slot] = value;
        return true;
    }

    internal override void Clear(int slot)
    {
        if (slot < _values.Length)
            _values[slot] = default;
    }

    private void Add(int slot)
    {
        if (!_table.IsAlive(slot))
            throw new InvalidOperationException("no entity is in slot " + slot);
        if (slot >= _values.Length)
            Array.Resize(ref _values, _table.Capacity);
        _table.AddBit(slot, Definition.Bit);
    }
}
