// Which slot the next entity takes.
using System.Collections.Generic;
using Aetheris.Protocol.Binary;

namespace Aetheris.World;

/// <summary>
/// Hands out slots: a slot rests until <see cref="ReuseDelay"/> others are free, oldest first, so that its 4-bit generation comes
/// round late. Part of the room's state, because it decides what slots future entities get.
/// </summary>
internal sealed class SlotAllocator
{
    /// <summary>Free slots that rest before one is used again.</summary>
    internal const int ReuseDelay = 64;

    private readonly Queue<ushort> _free = new(2 * ReuseDelay);

    /// <summary>Slots ever used.</summary>
    internal int HighWater { get; private set; }

    internal ushort Take() => _free.Count > ReuseDelay ? _free.Dequeue() : (ushort)HighWater++;

    internal void Release(int slot) => _free.Enqueue((ushort)slot);

    internal bool NoneAlive(EntityTable table)
    {
        foreach (var slot in _free)
        {
            if (table.IsAlive(slot))
                return false;
        }

        return true;
    }

    internal void Write(ByteWriter writer, EntityTable table)
    {
        writer.WriteUInt16((ushort)_free.Count);
        foreach (var slot in _free)
        {
            writer.WriteUInt16(slot);
            writer.WriteByte(table.GenerationOf(slot));
        }
    }

    /// <summary>Reads the free list; the entities that follow must fill exactly the other slots below the high-water mark.</summary>
    internal bool TryRead(ref ByteReader reader, EntityTable table, int entities)
    {
        if (!reader.TryReadUInt16(out var count) || count * 3 > reader.Remaining)
            return false;
        HighWater = count + entities;
        if (HighWater > EntityTable.MaxSlots)
            return false;
        var seen = new bool[HighWater];
        for (var i = 0; i < count; i++)
        {
            if (!(reader.TryReadUInt16(out var slot) && reader.TryReadByte(out var generation)
                && slot < HighWater && !seen[slot] && generation < EntityTable.Generations))
            {
                return false;
            }

            seen[slot] = true;
            table.SetGeneration(slot, generation);
            _free.Enqueue(slot);
        }

        return true;
    }
}
