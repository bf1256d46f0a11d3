// Why a cell was or was not sent.
namespace Aetheris.Gateway.Replication.Codec2;

/// <summary>What a replicator decided about a cell in one tick.</summary>
public enum Decision : byte
{
    /// <summary>The entity is not in the room.</summary>
    Absent = 0,

    /// <summary>Too far away, or a filter says no.</summary>
    OutOfInterest = 1,

    /// <summary>The client holds the newest state.</summary>
    Unchanged = 2,

    /// <summary>The newest state is under way and not yet overdue.</summary>
    InFlight = 3,

    /// <summary>Sent against a base.</summary>
    Sent = 4,

    /// <summary>Sent whole.</summary>
    SentAbsolute = 5,

    /// <summary>Others were more urgent and the bytes were used up.</summary>
    Shed = 6,

    /// <summary>All datagrams of the tick were full.</summary>
    Full = 7,

    /// <summary>The cell is too large for a datagram; it is split before the next tick.</summary>
    TooLarge = 8,
}
