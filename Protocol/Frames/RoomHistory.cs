// Gateway → room after a crash: the log of the ticks that are not durable yet (DESIGN §1.4, upstream backup).
using System;
using System.Collections.Generic;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Identity;

namespace Aetheris.Protocol.Frames;

/// <summary>
/// version u16 | gateway u64 | epoch u32 | seq u64 | tick u64 | count u32 | entries | crc32c u32 of everything before.
/// Entry: flags u8 (1 hash) | epoch u32 | tick u64 | [hash u64] | length u32 | commands section. Ticks rise from entry to entry.
/// </summary>
public static class RoomHistory
{
    /// <summary>Most entries: two minutes at 60 Hz, the retention of a gateway.</summary>
    public const int MaxEntries = 7200;

    private const byte HashFlag = 1;
    private const int MinEntrySize = 1 + 4 + 8 + 4;

    /// <summary>Appends a history.</summary>
    public static void Write(ByteWriter writer, in HistoryHead head, IReadOnlyList<HistoryEntry> entries)
    {
        var start = writer.Length;
        writer.WriteUInt16(ProtocolVersions.Frame);
        writer.WriteUInt64(head.Gateway.Value);
        writer.WriteUInt32(head.Epoch);
        writer.WriteUInt64(head.Seq);
        writer.WriteUInt64(head.Tick);
        writer.WriteUInt32((uint)entries.Count);
        for (var i = 0; i < entries.Count; i++)
            WriteEntry(writer, entries[i]);
        writer.WriteUInt32(Crc32C.Compute(writer.Written.Slice(start)));
    }

    /// <summary>Reads a history; the entries share the memory of the data. False for anything malformed, with nothing added.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> data, out HistoryHead head, List<HistoryEntry> entries)
    {
        head = default;
        if (!Crc32C.TryOpen(data.Span, out var checkedBytes))
            return false;
        var body = data.Slice(0, checkedBytes.Length);
        var reader = new ByteReader(checkedBytes);
        if (!(reader.TryReadUInt16(out var version) && version == ProtocolVersions.Frame
            && reader.TryReadUInt64(out var gateway)
            && reader.TryReadUInt32(out var epoch)
            && reader.TryReadUInt64(out var seq)
            && reader.TryReadUInt64(out var tick)
            && reader.TryReadUInt32(out var count) && count <= MaxEntries && count <= reader.Remaining / MinEntrySize))
        {
            return false;
        }

        var first = entries.Count;
        var before = 0UL;
        for (var i = 0; i < count; i++)
        {
            if (!TryReadEntry(body, ref reader, out var entry) || entry.Tick <= before)
            {
                entries.RemoveRange(first, entries.Count - first);
                return false;
            }

            before = entry.Tick;
            entries.Add(entry);
        }

        if (reader.Remaining != 0)
        {
            entries.RemoveRange(first, entries.Count - first);
            return false;
        }

        head = new HistoryHead(new GatewayId(gateway), epoch, seq, tick);
        return true;
    }

    private static void WriteEntry(ByteWriter writer, in HistoryEntry entry)
    {
        writer.WriteByte(entry.StateHash.HasValue ? HashFlag : (byte)0);
        writer.WriteUInt32(entry.Epoch);
        writer.WriteUInt64(entry.Tick);
        if (entry.StateHash is { } hash)
            writer.WriteUInt64(hash);
        writer.WriteUInt32((uint)entry.Commands.Length);
        writer.WriteBytes(entry.Commands.Span);
    }

    private static bool TryReadEntry(ReadOnlyMemory<byte> body, scoped ref ByteReader reader, out HistoryEntry entry)
    {
        entry = default;
        if (!(reader.TryReadByte(out var flags) && (flags & ~HashFlag) == 0 && reader.TryReadUInt32(out var epoch) && reader.TryReadUInt64(out var tick)))
            return false;
        ulong? hash = null;
        if ((flags & HashFlag) != 0)
        {
            if (!reader.TryReadUInt64(out var value))
                return false;
            hash = value;
        }

        if (!reader.TryReadUInt32(out var length) || length > int.MaxValue)
            return false;
        var at = reader.Position;
        if (!reader.TryReadBytes((int)length, out _))
            return false;
        entry = new HistoryEntry(epoch, tick, hash, body.Slice(at, (int)length));
        return true;
    }
}
