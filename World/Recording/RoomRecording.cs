// The file of a room: one saved state and the log that followed it. Flight recordings and backups are both of this form.
using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using Aetheris.Protocol;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Frames;
using Aetheris.Protocol.Identity;

namespace Aetheris.World.Recording;

/// <summary>
/// magic u32 | format u16 | frame version u16 | world version u64 | layout version u64 | recorded u64 | room | template |
/// epoch u32 | tick u64 | world u32 + bytes | histories u16 × (u32 + bytes of a <see cref="RoomHistory"/>) | crc32c u32 of everything
/// before. Little-endian. The log has every tick from the one after <see cref="Tick"/> on; a backup has none.
/// </summary>
public sealed class RoomRecording
{
    /// <summary>Largest file that is read or written, in bytes.</summary>
    public const int MaxBytes = 256 * 1024 * 1024;

    private const uint Magic = 0x43525341;
    private const ushort FormatVersion = 1;
    private const int MaxTemplateBytes = 256;

    // Each history has its own bound; together they are bounded by the file's.
    private const int TicksPerHistory = 3600;

    /// <summary>Name of the room.</summary>
    public string Room { get; init; } = string.Empty;

    /// <summary>Name of its template.</summary>
    public string Template { get; init; } = string.Empty;

    /// <summary>When it was written, in milliseconds since 1970 UTC: for people, nothing depends on it.</summary>
    public ulong RecordedAt { get; init; }

    /// <summary>WorldVersion of the rules: others compute other bits from the same log.</summary>
    public ulong WorldVersion { get; init; }

    /// <summary>LayoutVersion of the rules: others that lay out their state alike can read <see cref="World"/>.</summary>
    public ulong LayoutVersion { get; init; }

    /// <summary>Version of the commands in the log.</summary>
    public ushort FrameVersion { get; init; } = ProtocolVersions.Frame;

    /// <summary>Room epoch of the saved state.</summary>
    public uint Epoch { get; init; }

    /// <summary>Tick after which the state is as saved.</summary>
    public ulong Tick { get; init; }

    /// <summary>What <see cref="RoomWorld.Save"/> wrote.</summary>
    public ReadOnlyMemory<byte> World { get; init; }

    /// <summary>The log: ticks without a gap, from the one after <see cref="Tick"/>.</summary>
    public IReadOnlyList<HistoryEntry> Entries { get; init; } = Array.Empty<HistoryEntry>();

    /// <summary>The last tick.</summary>
    public ulong LastTick => Tick + (ulong)Entries.Count;

    /// <summary>The same recording with another log.</summary>
    public RoomRecording With(IReadOnlyList<HistoryEntry> entries) => new()
    {
        Room = Room,
        Template = Template,
        RecordedAt = RecordedAt,
        WorldVersion = WorldVersion,
        LayoutVersion = LayoutVersion,
        FrameVersion = FrameVersion,
        Epoch = Epoch,
        Tick = Tick,
        World = World,
        Entries = entries,
    };

    /// <summary>Appends the file.</summary>
    public void Write(ByteWriter writer)
    {
        var start = writer.Length;
        writer.WriteUInt32(Magic);
        writer.WriteUInt16(FormatVersion);
        writer.WriteUInt16(FrameVersion);
        writer.WriteUInt64(WorldVersion);
        writer.WriteUInt64(LayoutVersion);
        writer.WriteUInt64(RecordedAt);
        writer.WriteString(Room);
        writer.WriteString(Template);
        writer.WriteUInt32(Epoch);
        writer.WriteUInt64(Tick);
        writer.WriteUInt32((uint)World.Length);
        writer.WriteBytes(World.Span);
        WriteHistories(writer);
        writer.WriteUInt32(Crc32C.Compute(writer.Written.Slice(start)));
    }

    /// <summary>Reads a file. Never throws for its bytes and takes memory only in proportion to their number; the result shares them.</summary>
    /// <param name="data">The file.</param>
    /// <param name="recording">The recording, or null.</param>
    /// <param name="reason">Why there is none, for people.</param>
    public static bool TryRead(ReadOnlyMemory<byte> data, [NotNullWhen(true)] out RoomRecording? recording, out string reason)
    {
        recording = null;
        if (data.Length > MaxBytes)
            return Fail("it is larger than " + MaxBytes + " bytes", out reason);
        var head = new ByteReader(data.Span);
        if (!(head.TryReadUInt32(out var magic) && magic == Magic && head.TryReadUInt16(out var format)))
            return Fail("it is not a room's recording", out reason);
        if (format != FormatVersion)
            return Fail("it has format " + format + " instead of " + FormatVersion, out reason);
        if (!Crc32C.TryOpen(data.Span, out var body))
            return Fail("it is damaged: its checksum differs", out reason);
        recording = ReadBody(data.Slice(0, body.Length), out reason);
        return recording is not null;
    }

    private static RoomRecording? ReadBody(ReadOnlyMemory<byte> body, out string reason)
    {
        reason = "it is malformed";
        var reader = new ByteReader(body.Span);
        if (!(reader.TryReadUInt32(out _)
            && reader.TryReadUInt16(out _)
            && reader.TryReadUInt16(out var frameVersion)
            && reader.TryReadUInt64(out var worldVersion)
            && reader.TryReadUInt64(out var layoutVersion)
            && reader.TryReadUInt64(out var recorded)
            && reader.TryReadString(MaxTemplateBytes, out var room) && RoomName.IsValid(room)
            && reader.TryReadString(MaxTemplateBytes, out var template)
            && reader.TryReadUInt32(out var epoch) && epoch != 0
            && reader.TryReadUInt64(out var tick)
            && TryReadPart(body, ref reader, out var world)))
        {
            return null;
        }

        if (frameVersion != ProtocolVersions.Frame)
        {
            reason = "its commands have version " + frameVersion + " instead of " + ProtocolVersions.Frame;
            return null;
        }

        var entries = new List<HistoryEntry>();
        if (!TryReadHistories(body, ref reader, epoch, tick, entries) || reader.Remaining != 0)
            return null;
        reason = string.Empty;
        return new RoomRecording
        {
            Room = room,
            Template = template,
            RecordedAt = recorded,
            WorldVersion = worldVersion,
            LayoutVersion = layoutVersion,
            FrameVersion = frameVersion,
            Epoch = epoch,
            Tick = tick,
            World = world,
            Entries = entries,
        };
    }

    private static bool TryReadHistories(ReadOnlyMemory<byte> body, ref ByteReader reader, uint epoch, ulong tick, List<HistoryEntry> entries)
    {
        if (!reader.TryReadUInt16(out var count))
            return false;
        for (var i = 0; i < count; i++)
        {
            if (!TryReadPart(body, ref reader, out var history) || !RoomHistory.TryRead(history, out _, entries))
                return false;
        }

        foreach (var entry in entries)
        {
            if (entry.Tick != ++tick || entry.Epoch < epoch)
                return false;
            epoch = entry.Epoch;
        }

        return true;
    }

    private static bool TryReadPart(ReadOnlyMemory<byte> body, ref ByteReader reader, out ReadOnlyMemory<byte> part)
    {
        part = default;
        if (!(reader.TryReadUInt32(out var length) && length <= (uint)reader.Remaining))
            return false;
        part = body.Slice(reader.Position, (int)length);
        return reader.TryReadBytes((int)length, out _);
    }

    private static bool Fail(string text, out string reason)
    {
        reason = text;
        return false;
    }

    private void WriteHistories(ByteWriter writer)
    {
        var count = (Entries.Count + TicksPerHistory - 1) / TicksPerHistory;
        writer.WriteUInt16(checked((ushort)count));
        for (var i = 0; i < count; i++)
        {
            var part = new List<HistoryEntry>(TicksPerHistory);
            for (var at = i * TicksPerHistory; at < Entries.Count && part.Count < TicksPerHistory; at++)
                part.Add(Entries[at]);
            var position = writer.Length;
            writer.WriteUInt32(0);
            var last = part[part.Count - 1];
            RoomHistory.Write(writer, new HistoryHead(GatewayId.None, last.Epoch, 0, last.Tick), part);
            writer.PatchUInt32(position, (uint)(writer.Length - position - sizeof(uint)));
        }
    }
}
