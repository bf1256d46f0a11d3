// Gateway → client, reliable: everything that happened in one tick, as one message.
using System;
using System.Collections.Generic;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Events;

namespace Aetheris.Protocol.Link;

/// <summary>kind byte 4 | room epoch u32 | tick u64 | count u16 | events (<see cref="RoomEvent"/>). One message per tick keeps the reliable window free.</summary>
public static class EventBatch
{
    /// <summary>Most events in one message; a tick with more sends several.</summary>
    public const int MaxEvents = 512;

    /// <summary>Appends the head; the count is patched by <see cref="PatchCount"/>.</summary>
    /// <returns>Position of the count.</returns>
    public static int WriteHead(ByteWriter writer, uint roomEpoch, ulong tick)
    {
        writer.WriteByte((byte)LinkKind.Events);
        writer.WriteUInt32(roomEpoch);
        writer.WriteUInt64(tick);
        var position = writer.Length;
        writer.WriteUInt16(0);
        return position;
    }

    /// <summary>Sets the number of events that follow.</summary>
    public static void PatchCount(ByteWriter writer, int position, ushort count) => writer.PatchUInt16(position, count);

    /// <summary>Reads a message that starts with its kind byte; false for anything malformed, also trailing bytes.</summary>
    public static bool TryRead(ReadOnlySpan<byte> data, out uint roomEpoch, out ulong tick, List<RoomEvent> into)
    {
        tick = 0;
        roomEpoch = 0;
        var reader = new ByteReader(data);
        if (!(reader.TryReadByte(out var kind) && kind == (byte)LinkKind.Events
            && reader.TryReadUInt32(out roomEpoch)
            && reader.TryReadUInt64(out tick)
            && reader.TryReadUInt16(out var count) && count <= MaxEvents))
        {
            return false;
        }

        var start = into.Count;
        for (var i = 0; i < count; i++)
        {
            if (!RoomEvent.TryRead(ref reader, out var value))
            {
                into.RemoveRange(start, into.Count - start);
                return false;
            }

            into.Add(value);
        }

        if (reader.Remaining == 0)
            return true;
        into.RemoveRange(start, into.Count - start);
        return false;
    }
}
