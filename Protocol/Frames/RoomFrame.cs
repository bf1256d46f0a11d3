// Room → gateway, once per tick: the log entry of the tick and everything that changed in it.
using System;
using System.Collections.Generic;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Events;
using Aetheris.Protocol.Identity;

namespace Aetheris.Protocol.Frames;

/// <summary>
/// version u16 | flags u8 (1 image, 2 hash) | epoch u32 | seq u64 | tick u64 | durable u64 | [hash u64] |
/// three sections, each length u32 + bytes: commands, changes, events | crc32c u32 of everything before.
/// Commands: count u16, then gateway u64 | sequence u64 | command. Events: count u16, then events.
/// Changes are World's (ChangeSet writes, RoomReplica reads).
/// </summary>
public readonly ref struct RoomFrame
{
    private const byte ImageFlag = 1;
    private const byte HashFlag = 2;

    private RoomFrame(FrameHeader header, ReadOnlySpan<byte> commands, ReadOnlySpan<byte> changes, ReadOnlySpan<byte> events)
    {
        Header = header;
        Commands = commands;
        Changes = changes;
        Events = events;
    }

    /// <summary>The head.</summary>
    public FrameHeader Header { get; }

    /// <summary>Commands section.</summary>
    public ReadOnlySpan<byte> Commands { get; }

    /// <summary>Changes section.</summary>
    public ReadOnlySpan<byte> Changes { get; }

    /// <summary>Events section.</summary>
    public ReadOnlySpan<byte> Events { get; }

    /// <summary>Appends a whole frame.</summary>
    public static void Write(ByteWriter writer, in FrameHeader header, ReadOnlySpan<byte> commands, ReadOnlySpan<byte> changes, ReadOnlySpan<byte> events)
    {
        var start = writer.Length;
        writer.WriteUInt16(ProtocolVersions.Frame);
        writer.WriteByte((byte)((header.IsImage ? ImageFlag : 0) | (header.StateHash.HasValue ? HashFlag : 0)));
        writer.WriteUInt32(header.Epoch);
        writer.WriteUInt64(header.Seq);
        writer.WriteUInt64(header.Tick);
        writer.WriteUInt64(header.DurableTick);
        if (header.StateHash is { } hash)
            writer.WriteUInt64(hash);
        WriteSection(writer, commands);
        WriteSection(writer, changes);
        WriteSection(writer, events);
        writer.WriteUInt32(Crc32C.Compute(writer.Written.Slice(start)));
    }

    /// <summary>Reads a frame; false when it is cut, from another version or its check differs.</summary>
    public static bool TryRead(ReadOnlySpan<byte> data, out RoomFrame frame)
    {
        frame = default;
        if (!Crc32C.TryOpen(data, out var body))
            return false;
        var reader = new ByteReader(body);
        if (!(reader.TryReadUInt16(out var version) && version == ProtocolVersions.Frame
            && reader.TryReadByte(out var flags) && (flags & ~(ImageFlag | HashFlag)) == 0
            && reader.TryReadUInt32(out var epoch)
            && reader.TryReadUInt64(out var seq)
            && reader.TryReadUInt64(out var tick)
            && reader.TryReadUInt64(out var durable)))
        {
            return false;
        }

        ulong? hash = null;
        if ((flags & HashFlag) != 0)
        {
            if (!reader.TryReadUInt64(out var value))
                return false;
            hash = value;
        }

        if (!(TryReadSection(ref reader, out var commands)
            && TryReadSection(ref reader, out var changes)
            && TryReadSection(ref reader, out var events)
            && reader.Remaining == 0))
        {
            return false;
        }

        frame = new RoomFrame(new FrameHeader(epoch, seq, tick, durable, (flags & ImageFlag) != 0, hash), commands, changes, events);
        return true;
    }

    /// <summary>Reads the commands section into a list (appended). False for anything malformed.</summary>
    public readonly bool TryReadCommands(List<Command> into) => TryReadCommands(Commands, into);

    /// <summary>Reads a commands section, as frames and histories carry it, into a list (appended). False for anything malformed.</summary>
    public static bool TryReadCommands(ReadOnlySpan<byte> section, List<Command> into)
    {
        var reader = new ByteReader(section);
        if (!reader.TryReadUInt16(out var count))
            return false;
        for (var i = 0; i < count; i++)
        {
            if (!CommandCodec.TryReadWithOrigin(ref reader, out var command))
                return false;
            into.Add(command);
        }

        return reader.Remaining == 0;
    }

    /// <summary>Reads the events section into a list (appended). False for anything malformed.</summary>
    public readonly bool TryReadEvents(List<RoomEvent> into) => TryReadEvents(Events, into);

    /// <summary>Reads an events section, as frames and snapshots carry it, into a list (appended). False for anything malformed.</summary>
    public static bool TryReadEvents(ReadOnlySpan<byte> section, List<RoomEvent> into)
    {
        var reader = new ByteReader(section);
        if (!reader.TryReadUInt16(out var count))
            return false;
        for (var i = 0; i < count; i++)
        {
            if (!RoomEvent.TryRead(ref reader, out var value))
                return false;
            into.Add(value);
        }

        return reader.Remaining == 0;
    }

    private static void WriteSection(ByteWriter writer, ReadOnlySpan<byte> bytes)
    {
        writer.WriteUInt32((uint)bytes.Length);
        writer.WriteBytes(bytes);
    }

    private static bool TryReadSection(scoped ref ByteReader reader, out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        return reader.TryReadUInt32(out var length) && length <= int.MaxValue && reader.TryReadBytes((int)length, out bytes);
    }
}
