// Everything of a room that outlives an activation.
using Aetheris.Grains.Interfaces.Rooms;
using Aetheris.Grains.Pipeline;
using Aetheris.Grains.Recovery;
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Frames;
using Aetheris.World;

namespace Aetheris.Grains.Rooms;

/// <summary>What a move carries to the next silo, or what a recovery found: a room begins with it instead of with nothing.</summary>
public sealed class RoomState
{
    /// <summary>The world after <see cref="Seq"/>'s tick.</summary>
    public required RoomWorld World { get; init; }

    /// <summary>Room epoch.</summary>
    public required uint Epoch { get; init; }

    /// <summary>Name of the template.</summary>
    public required string Template { get; init; }

    /// <summary>Seq of the newest frame; 0 at the start of an epoch.</summary>
    public ulong Seq { get; init; }

    /// <summary>Tick up to which history is safe in storage.</summary>
    public ulong DurableTick { get; init; }

    /// <summary>Stage of life.</summary>
    public RoomStatus Status { get; init; } = RoomStatus.Active;

    /// <summary>For how long the room has been empty and unwatched; null when it is not.</summary>
    public TimeSpan? IdleFor { get; init; }

    /// <summary>Subscriptions.</summary>
    public IReadOnlyList<SubscriberState> Subscribers { get; init; } = [];

    /// <summary>How far each gateway's commands have been taken.</summary>
    public IReadOnlyList<GatewaySequence> Sequences { get; init; } = [];

    /// <summary>Commands that wait for the next tick.</summary>
    public IReadOnlyList<Command> Pending { get; init; } = [];

    /// <summary>The last frames, ending with <see cref="Seq"/>.</summary>
    public IReadOnlyList<byte[]> Frames { get; init; } = [];

    /// <summary>The log of the ticks that are not durable yet, ending with the world's tick.</summary>
    public IReadOnlyList<HistoryEntry> Log { get; init; } = [];

    /// <summary>What sessions know of ships.</summary>
    public IReadOnlyList<KnownShip> Ships { get; init; } = [];

    /// <summary>The room's last starts from storage, oldest first.</summary>
    public IReadOnlyList<EpochStart> Lineage { get; init; } = [];

    /// <summary>Events of the ticks that were simulated again, for gateways that have not seen them all; null after a move.</summary>
    public RecoveredEvents? Recovered { get; init; }

    /// <summary>The move that brings the room here; null after a start from storage.</summary>
    public MoveStamp? Move { get; init; }

    /// <summary>Where the room's record and snapshots stand in storage.</summary>
    public StorageMarks Storage { get; init; } = StorageMarks.None;
}
