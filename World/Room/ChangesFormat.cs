// The changes section of frames and images: the one place that knows its bytes.
using System;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Identity;

namespace Aetheris.World;

/// <summary>
/// Layout, little-endian; a mask has one bit per component index of the definition, values follow by ascending bit:
/// <code>
/// world version u64
/// despawned u16 × | slot u16 | id u64
/// spawned   u16 × | slot u16 | generation u8 | id u64 | mask u64 | values          by ascending id
/// changed   u16 × | slot u16 | mask u64 | [removed u64 when bit 63 of mask] | values   by ascending id
/// </code>
/// </summary>
internal static class ChangesFormat
{
    /// <summary>Says that a mask of removed components follows.</summary>
    internal const ulong RemovedFlag = 1UL << 63;

    /// <summary>Appends slot, generation, id, mask and values of one entity, restricted to some components.</summary>
    internal static void WriteEntity(ByteWriter writer, EntityTable entities, int slot, ulong only)
    {
        var mask = entities.MaskOf(slot) & only;
        writer.WriteUInt16((ushort)slot);
        writer.WriteByte(entities.GenerationOf(slot));
        writer.WriteUInt64(entities.IdOf(slot).Value);
        writer.WriteUInt64(mask);
        WriteValues(writer, entities, slot, mask);
    }

    /// <summary>Reads one entity into a table.</summary>
    internal static bool TryReadEntity(ref ByteReader reader, EntityTable entities, ulong allowed, int slotLimit, out int slot)
    {
        slot = -1;
        if (!(reader.TryReadUInt16(out var number) && number < slotLimit
            && reader.TryReadByte(out var generation)
            && reader.TryReadUInt64(out var id)
            && reader.TryReadUInt64(out var mask) && (mask & ~allowed) == 0
            && entities.TryInsert(number, generation, new NetworkId(id))))
        {
            return false;
        }

        slot = number;
        return TryReadValues(ref reader, entities, slot, mask);
    }

    internal static void WriteValues(ByteWriter writer, EntityTable entities, int slot, ulong mask)
    {
        for (; mask != 0; mask &= mask - 1)
            entities.ColumnAt(Bits.Lowest(mask)).Write(slot, writer);
    }

    internal static bool TryReadValues(ref ByteReader reader, EntityTable entities, int slot, ulong mask)
    {
        for (; mask != 0; mask &= mask - 1)
        {
            if (!entities.ColumnAt(Bits.Lowest(mask)).TryRead(slot, ref reader))
                return false;
        }

        return true;
    }

    internal static void WriteImage(ByteWriter writer, EntityTable entities)
    {
        writer.WriteUInt64(entities.Definition.WorldVersion);
        writer.WriteUInt16(0);
        writer.WriteUInt16(checked((ushort)entities.Count));
        foreach (var slot in entities.Slots)
            WriteEntity(writer, entities, slot, entities.Definition.FrameMask);
        writer.WriteUInt16(0);
    }
}
