// One state datagram that was sent.
namespace Aetheris.Gateway.Replication.Codec2;

/// <summary>What a datagram said, until it is acknowledged or too old. A mutable struct: kept in a ring and used by reference.</summary>
public struct SentDatagram
{
    /// <summary>Its number; meaningful while <see cref="IsKnown"/>.</summary>
    public ushort Seq;

    /// <summary>Whether it was sent and its bases still count.</summary>
    public bool IsKnown;

    /// <summary>Whether the client has it.</summary>
    public bool IsAcknowledged;

    /// <summary>Cells in it.</summary>
    public ushort CellCount;

    /// <summary>Tick of its states.</summary>
    public ulong Tick;

    /// <summary>Version of the own state in it, 0 = none.</summary>
    public uint OwnVersion;

    /// <summary>Number of the last leave in it, 0 = none.</summary>
    public uint LeavesThrough;

    /// <summary>Place of its first cell.</summary>
    public long FirstCell;
}
