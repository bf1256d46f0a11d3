// The members of one cell at one tick.
using System;

namespace Aetheris.Protocol.Codec2;

/// <summary>At most <see cref="Codec2Limits.MaxMembers"/> entities by ascending slot. Made once and reused; not thread-safe.</summary>
public sealed class CellSnapshot
{
    private readonly ushort[] _slots = new ushort[Codec2Limits.MaxMembers];
    private readonly byte[] _generations = new byte[Codec2Limits.MaxMembers];
    private readonly ushort[] _types = new ushort[Codec2Limits.MaxMembers];
    private readonly QuantizedMotion[] _motions = new QuantizedMotion[Codec2Limits.MaxMembers];

    /// <summary>The tick.</summary>
    public ulong Tick { get; set; }

    /// <summary>Members.</summary>
    public int Count { get; private set; }

    /// <summary>Slots of the members, ascending.</summary>
    public ReadOnlySpan<ushort> Slots => _slots.AsSpan(0, Count);

    /// <summary>Generations of the members' slots, 0–15.</summary>
    public ReadOnlySpan<byte> Generations => _generations.AsSpan(0, Count);

    /// <summary>Entity types of the members.</summary>
    public ReadOnlySpan<ushort> Types => _types.AsSpan(0, Count);

    /// <summary>Motions of the members.</summary>
    public ReadOnlySpan<QuantizedMotion> Motions => _motions.AsSpan(0, Count);

    /// <summary>Empties it for a tick.</summary>
    public void Clear(ulong tick)
    {
        Tick = tick;
        Count = 0;
    }

    /// <summary>Appends a member; false when it is full or the slot is not above the last one.</summary>
    public bool TryAdd(ushort slot, byte generation, ushort type, in QuantizedMotion motion)
    {
        if (Count == Codec2Limits.MaxMembers || (Count > 0 && _slots[Count - 1] >= slot))
            return false;
        _slots[Count] = slot;
        _generations[Count] = generation;
        _types[Count] = type;
        _motions[Count] = motion;
        Count++;
        return true;
    }

    /// <summary>Becomes a copy of another.</summary>
    public void CopyFrom(CellSnapshot other)
    {
        other.Slots.CopyTo(_slots);
        other.Generations.CopyTo(_generations);
        other.Types.CopyTo(_types);
        other.Motions.CopyTo(_motions);
        Count = other.Count;
        Tick = other.Tick;
    }

    /// <summary>Place of a slot among the members, or −1.</summary>
    public int IndexOf(ushort slot)
    {
        var index = Slots.BinarySearch(slot);
        return index >= 0 ? index : -1;
    }

    /// <summary>Whether tick, members and everything that is sent of them are equal.</summary>
    public bool SameAs(CellSnapshot other)
    {
        if (Tick != other.Tick || !Slots.SequenceEqual(other.Slots) || !Generations.SequenceEqual(other.Generations) || !Types.SequenceEqual(other.Types))
            return false;
        for (var i = 0; i < Count; i++)
        {
            if (!_motions[i].SameAs(other._motions[i]))
                return false;
        }

        return true;
    }

    internal ushort SlotAt(int index) => _slots[index];

    internal byte GenerationAt(int index) => _generations[index];

    internal ushort TypeAt(int index) => _types[index];

    internal ref QuantizedMotion MotionAt(int index) => ref _motions[index];

    internal bool Holds(int index, ushort slot, byte generation, ushort type) =>
        index < Count && _slots[index] == slot && _generations[index] == generation && _types[index] == type;

    /// <summary>Puts a member at its place; false when it is full or the slot is taken.</summary>
    internal bool TryInsert(ushort slot, byte generation, ushort type, in QuantizedMotion motion)
    {
        if (Count == Codec2Limits.MaxMembers)
            return false;
        var place = Count;
        while (place > 0 && _slots[place - 1] > slot)
            place--;
        if (place > 0 && _slots[place - 1] == slot)
            return false;
        Array.Copy(_slots, place, _slots, place + 1, Count - place);
        Array.Copy(_generations, place, _generations, place + 1, Count - place);
        Array.Copy(_types, place, _types, place + 1, Count - place);
        Array.Copy(_motions, place, _motions, place + 1, Count - place);
        Count++;
        _slots[place] = slot;
        _generations[place] = generation;
        _types[place] = type;
        _motions[place] = motion;
        return true;
    }
}
