// The byte form of a room at rest.
using System.Diagnostics.CodeAnalysis;
using Aetheris.Grains.Rooms;
using Aetheris.Protocol;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Events;
using Aetheris.Protocol.Frames;

namespace Aetheris.Grains.Storage;

/// <summary>
/// magic u32 | format u16 | frame version u16 | world version u64 | layout version u64 | closed u8 | epoch u32 | seq u64 | tick u64 |
/// template | starts | subscribers | events after tick u64 | events u32 + bytes of a frame's events section | world u32 + bytes | crc32c u32
/// of everything before (DESIGN §3, snapshots). Little-endian.
/// </summary>
public sealed class RoomSnapshot
{
    private const uint Magic = 0x50534541;
    private const ushort FormatVersion = 1;

    private RoomSnapshot(byte[] world) => World = world;

    /// <summary>Version of frames and commands of the room that wrote it.</summary>
    public ushort FrameVersion { get; private init; }

    /// <summary>WorldVersion of its rules.</summary>
    public ulong WorldVersion { get; private init; }

    /// <summary>LayoutVersion of its rules: others that lay out their state alike can read the world.</summary>
    public ulong LayoutVersion { get; private init; }

    /// <summary>The room was closed with it: no tick of its epoch follows.</summary>
    public bool IsClosed { get; private init; }

    /// <summary>Room epoch.</summary>
    public uint Epoch { get; private init; }

    /// <summary>Seq of the frame of its tick.</summary>
    public ulong Seq { get; private init; }

    /// <summary>Server tick after which the state is as saved.</summary>
    public ulong Tick { get; private init; }

    /// <summary>Name of the template.</summary>
    public string Template { get; private init; } = string.Empty;

    /// <summary>The room's last starts from storage, oldest first.</summary>
    public IReadOnlyList<EpochStart> Starts { get; private init; } = [];

    /// <summary>Subscriptions; observers are not resolved.</summary>
    public IReadOnlyList<SubscriberState> Subscribers { get; private init; } = [];

    /// <summary>The last events of a closed room: no log brings them back. They are complete after <see cref="EventsAfter"/>.</summary>
    public IReadOnlyList<RoomEvent> Events { get; private init; } = [];

    /// <summary>Tick after which <see cref="Events"/> are complete; the snapshot's own when there are none.</summary>
    public ulong EventsAfter { get; private init; }

    /// <summary>The saved world.</summary>
    public byte[] World { get; }

    /// <summary>Writes a snapshot. Allocates nothing once the writer has grown.</summary>
    /// <param name="writer">Receives it at its end.</param>
    /// <param name="head">The fixed part.</param>
    /// <param name="lineage">The room's starts.</param>
    /// <param name="subscribers">Its subscriptions.</param>
    /// <param name="events">A frame's events section with the events after <see cref="SnapshotHead.EventsAfter"/>.</param>
    /// <param name="world">The saved world.</param>
    internal static void Write(
        ByteWriter writer, in SnapshotHead head, RoomLineage lineage, SubscriberSet subscribers, ReadOnlySpan<byte> events, ReadOnlySpan<byte> world)
    {
        var start = writer.Length;
        writer.WriteUInt32(Magic);
        writer.WriteUInt16(FormatVersion);
        writer.WriteUInt16(ProtocolVersions.Frame);
        writer.WriteUInt64(head.WorldVersion);
        writer.WriteUInt64(head.LayoutVersion);
        writer.WriteBoolean(head.IsClosed);
        writer.WriteUInt32(head.Epoch);
        writer.WriteUInt64(head.Seq);
        writer.WriteUInt64(head.Tick);
        writer.WriteString(head.Template);
        RoomSections.WriteStarts(writer, lineage.Starts);
        subscribers.WriteTo(writer);
        writer.WriteUInt64(head.EventsAfter);
        writer.WriteUInt32((uint)events.Length);
        writer.WriteBytes(events);
        writer.WriteUInt32((uint)world.Length);
        writer.WriteBytes(world);
        writer.WriteUInt32(Crc32C.Compute(writer.Written[start..]));
    }

    /// <summary>Reads a snapshot. Never throws for its bytes.</summary>
    /// <param name="bytes">What was stored.</param>
    /// <param name="snapshot">The snapshot, or null.</param>
    /// <param name="reason">Why there is none, for a log.</param>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out RoomSnapshot? snapshot, out string reason)
    {
        snapshot = null;
        reason = "malformed";
        if (!Crc32C.TryOpen(bytes, out var body))
        {
            reason = "checksum differs";
            return false;
        }

        var reader = new ByteReader(body);
        if (!(reader.TryReadUInt32(out var magic) && magic == Magic && reader.TryReadUInt16(out var format)))
            return false;
        if (format != FormatVersion)
        {
            reason = "format " + format + " instead of " + FormatVersion;
            return false;
        }

        var starts = new List<EpochStart>();
        var subscribers = new List<SubscriberState>();
        var events = new List<RoomEvent>();
        if (!(reader.TryReadUInt16(out var frameVersion)
            && reader.TryReadUInt64(out var worldVersion)
            && reader.TryReadUInt64(out var layoutVersion)
            && reader.TryReadBoolean(out var closed)
            && reader.TryReadUInt32(out var epoch) && epoch != 0
            && reader.TryReadUInt64(out var seq)
            && reader.TryReadUInt64(out var tick)
            && reader.TryReadString(RoomCarriage.MaxText, out var template)
            && RoomSections.TryReadStarts(ref reader, starts)
            && RoomSections.TryReadSubscribers(ref reader, subscribers)
            && reader.TryReadUInt64(out var eventsAfter) && eventsAfter <= tick
            && reader.TryReadUInt32(out var eventBytes) && eventBytes <= (uint)reader.Remaining
            && reader.TryReadBytes((int)eventBytes, out var section) && RoomFrame.TryReadEvents(section, events)
            && reader.TryReadUInt32(out var length) && length == (uint)reader.Remaining
            && reader.TryReadBytes((int)length, out var world)))
        {
            return false;
        }

        reason = string.Empty;
        snapshot = new RoomSnapshot(world.ToArray())
        {
            FrameVersion = frameVersion,
            WorldVersion = worldVersion,
            LayoutVersion = layoutVersion,
            IsClosed = closed,
            Epoch = epoch,
            Seq = seq,
            Tick = tick,
            Template = template,
            Starts = starts,
            Subscribers = subscribers,
            Events = events,
            EventsAfter = eventsAfter,
        };
        return true;
    }
}
