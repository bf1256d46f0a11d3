// What the five stages of a tick share.
using Aetheris.Grains.Metrics;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Frames;
using Aetheris.World;

namespace Aetheris.Grains.Pipeline;

/// <summary>State and buffers of one room's tick; every buffer is reused, so that a steady tick allocates nothing.</summary>
public sealed class TickContext
{
    /// <summary>Ticks between two snapshots (DESIGN §3).</summary>
    public const ulong SnapshotPeriod = 60;

    /// <summary>
    /// Ticks between two frames with a hash, a divisor of <see cref="SnapshotPeriod"/>: a recovery proves itself by the hashes after its
    /// snapshot. A hash costs about two ticks of the same room (benchmarks/README.md).
    /// </summary>
    public const ulong HashPeriod = 15;

    /// <summary>Creates the context of a room.</summary>
    /// <param name="world">The room's world.</param>
    /// <param name="mailbox">Where its commands arrive.</param>
    /// <param name="epoch">Room epoch of its frames.</param>
    /// <param name="metrics">Instruments.</param>
    /// <param name="historyTicks">Ticks whose state is kept.</param>
    public TickContext(RoomWorld world, RoomMailbox mailbox, uint epoch, GrainMetrics metrics, int historyTicks)
    {
        World = world;
        Mailbox = mailbox;
        Epoch = epoch;
        Metrics = metrics;
        History = new StateHistory(historyTicks);
    }

    /// <summary>The room's world.</summary>
    public RoomWorld World { get; }

    /// <summary>Where commands arrive.</summary>
    public RoomMailbox Mailbox { get; }

    /// <summary>Room epoch.</summary>
    public uint Epoch { get; }

    /// <summary>Instruments.</summary>
    public GrainMetrics Metrics { get; }

    /// <summary>Commands of this tick, in the order in which they are logged and applied.</summary>
    public List<Command> Commands { get; set; } = new(256);

    /// <summary>The frame's commands section: the log of this tick.</summary>
    public ByteWriter CommandsSection { get; } = new(1024);

    /// <summary>What this tick changed.</summary>
    public ChangeSet Changes { get; } = new();

    /// <summary>The frame's changes section.</summary>
    public ByteWriter ChangesSection { get; } = new(4096);

    /// <summary>The frame's events section.</summary>
    public ByteWriter EventsSection { get; } = new(256);

    /// <summary>The last frames.</summary>
    public FrameRing Frames { get; } = new();

    /// <summary>The log of the ticks that are not durable yet.</summary>
    public TickLog Log { get; } = new();

    /// <summary>Tick up to which history is safe in storage; null for a room that is not stored.</summary>
    public ulong? DurableTick { get; set; }

    /// <summary>The saved world after this tick; empty unless a snapshot is due.</summary>
    public ByteWriter SavedWorld { get; } = new(16 * 1024);

    /// <summary>StateHash after this tick, taken every <see cref="HashPeriod"/> ticks and, where the state of every tick is kept, after each; else null.</summary>
    public ulong? StateHash { get; set; }

    /// <summary>The state at the last ticks.</summary>
    public StateHistory History { get; }

    /// <summary>Where frames go.</summary>
    public List<IFrameSink> Sinks { get; } = [];

    /// <summary>Head of the newest frame; seq 0 before the first.</summary>
    public FrameHeader Newest { get; set; }
}
