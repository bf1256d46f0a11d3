// The bytes that a moving room takes along.
using System.Diagnostics.CodeAnalysis;
using Aetheris.Grains.Interfaces.Rooms;
using Aetheris.Grains.Pipeline;
using Aetheris.Protocol;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Frames;
using Aetheris.Protocol.Identity;
using Aetheris.World;

namespace Aetheris.Grains.Rooms;

/// <summary>
/// One buffer with one checksum: a room arrives whole or not at all (DESIGN §6, migration). magic u32 | format u16 | frame version u16 |
/// epoch u32 | seq u64 | tick u64 | durable u64 | status u8 | idle ms i32 | template | from | last tick and next deadline as UTC ticks
/// u64 | storage | starts | subscribers | sequences | pending | frames | log | ships | world u32 + bytes | crc32c u32 of everything before.
/// </summary>
internal static class RoomCarriage
{
    /// <summary>Longest text of a name or tag in bytes.</summary>
    public const int MaxText = 512;

    private const uint Magic = 0x564D4541;
    private const ushort FormatVersion = 1;

    /// <summary>Appends a room.</summary>
    public static void Write(ByteWriter writer, RoomState state)
    {
        var start = writer.Length;
        writer.WriteUInt32(Magic);
        writer.WriteUInt16(FormatVersion);
        writer.WriteUInt16(ProtocolVersions.Frame);
        writer.WriteUInt32(state.Epoch);
        writer.WriteUInt64(state.Seq);
        writer.WriteUInt64(state.World.Tick);
        writer.WriteUInt64(state.DurableTick);
        writer.WriteByte((byte)state.Status);
        writer.WriteInt32(state.IdleFor is { } idle ? (int)Math.Min(int.MaxValue, idle.TotalMilliseconds) : -1);
        writer.WriteString(state.Template);
        writer.WriteString(state.Move?.From ?? string.Empty);
        writer.WriteUInt64((ulong)(state.Move?.LastTick.UtcTicks ?? 0));
        writer.WriteUInt64((ulong)(state.Move?.NextDeadline.UtcTicks ?? 0));
        WriteStorage(writer, state.Storage);
        RoomSections.WriteStarts(writer, state.Lineage);
        writer.WriteUInt16((ushort)state.Subscribers.Count);
        foreach (var subscriber in state.Subscribers)
            RoomSections.WriteSubscriber(writer, subscriber);
        CarriedLists.Write(writer, state);
        var position = writer.Length;
        writer.WriteUInt32(0);
        state.World.Save(writer);
        writer.PatchUInt32(position, (uint)(writer.Length - position - sizeof(uint)));
        writer.WriteUInt32(Crc32C.Compute(writer.Written[start..]));
    }

    /// <summary>Reads a room. Never throws for its bytes.</summary>
    /// <param name="definition">The rules; the room's must be the same.</param>
    /// <param name="bytes">What <see cref="Write"/> wrote.</param>
    /// <param name="observers">Resolves observers.</param>
    /// <param name="state">The room, or null.</param>
    /// <param name="reason">Why there is none, for a log.</param>
    public static bool TryRead(
        WorldDefinition definition, ReadOnlySpan<byte> bytes, IObserverReferences observers, [NotNullWhen(true)] out RoomState? state, out string reason)
    {
        state = null;
        reason = "malformed";
        if (!Crc32C.TryOpen(bytes, out var body))
        {
            reason = "checksum differs";
            return false;
        }

        var reader = new ByteReader(body);
        var starts = new List<EpochStart>();
        var subscribers = new List<SubscriberState>();
        if (!(reader.TryReadUInt32(out var magic) && magic == Magic
            && reader.TryReadUInt16(out var format) && format == FormatVersion
            && reader.TryReadUInt16(out var frameVersion) && frameVersion == ProtocolVersions.Frame
            && reader.TryReadUInt32(out var epoch) && epoch != 0
            && reader.TryReadUInt64(out var seq)
            && reader.TryReadUInt64(out var tick)
            && reader.TryReadUInt64(out var durable) && durable <= tick
            && reader.TryReadByte(out var status) && (RoomStatus)status is RoomStatus.Active or RoomStatus.Draining
            && reader.TryReadInt32(out var idle) && idle >= -1
            && reader.TryReadString(MaxText, out var template)
            && reader.TryReadString(MaxText, out var from)
            && TryReadTime(ref reader, out var lastTick)
            && TryReadTime(ref reader, out var deadline)
            && TryReadStorage(ref reader, out var storage)
            && RoomSections.TryReadStarts(ref reader, starts)
            && RoomSections.TryReadSubscribers(ref reader, subscribers)
            && CarriedLists.TryRead(ref reader, seq, out var lists)
            && reader.TryReadUInt32(out var length) && length == (uint)reader.Remaining
            && reader.TryReadBytes((int)length, out var saved)))
        {
            return false;
        }

        if (!RoomWorld.TryLoad(definition, saved, out var world, out reason))
            return false;
        reason = "the tick differs from the world's";
        if (world.Tick != tick)
            return false;
        for (var i = 0; i < subscribers.Count; i++)
            subscribers[i] = subscribers[i] with { Observer = observers.Read(subscribers[i].Reference) };
        reason = string.Empty;
        state = new RoomState
        {
            World = world,
            Epoch = epoch,
            Template = template,
            Seq = seq,
            DurableTick = durable,
            Status = (RoomStatus)status,
            IdleFor = idle < 0 ? null : TimeSpan.FromMilliseconds(idle),
            Subscribers = subscribers,
            Sequences = lists.Sequences,
            Pending = lists.Pending,
            Frames = lists.Frames,
            Log = lists.Log,
            Ships = lists.Ships,
            Lineage = starts,
            Move = new MoveStamp(from, lastTick, deadline),
            Storage = storage,
        };
        return true;
    }

    private static void WriteStorage(ByteWriter writer, StorageMarks storage)
    {
        writer.WriteString(storage.RecordTag ?? string.Empty);
        writer.WriteString(storage.First.Tag ?? string.Empty);
        writer.WriteUInt64(storage.First.Tick);
        writer.WriteString(storage.Second.Tag ?? string.Empty);
        writer.WriteUInt64(storage.Second.Tick);
    }

    private static bool TryReadStorage(ref ByteReader reader, out StorageMarks storage)
    {
        storage = StorageMarks.None;
        if (!(reader.TryReadString(MaxText, out var record)
            && reader.TryReadString(MaxText, out var first)
            && reader.TryReadUInt64(out var firstTick)
            && reader.TryReadString(MaxText, out var second)
            && reader.TryReadUInt64(out var secondTick)))
        {
            return false;
        }

        storage = new StorageMarks(OrNull(record), new SlotMark(OrNull(first), firstTick), new SlotMark(OrNull(second), secondTick));
        return true;
    }

    private static string? OrNull(string text) => text.Length == 0 ? null : text;

    private static bool TryReadTime(ref ByteReader reader, out DateTimeOffset time)
    {
        time = default;
        if (!reader.TryReadUInt64(out var ticks) || ticks > (ulong)DateTimeOffset.MaxValue.Ticks)
            return false;
        time = new DateTimeOffset((long)ticks, TimeSpan.Zero);
        return true;
    }
}
