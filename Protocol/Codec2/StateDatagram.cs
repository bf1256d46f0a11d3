// The head of a state datagram: everything in it that is one client's own.
using System;
using System.Buffers.Binary;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Link;

namespace Aetheris.Protocol.Codec2;

/// <summary>
/// kind u8 = 2 | flags u8 (1 own status, 2 own state, 4 chain, 8 leaves, 16 received history, 32 another datagram of this tick follows) | stream u8 | seq u16 | tick u16 | check u16 |
/// [own status: back u8 = tick − applied tick, 255 = applied tick u64 follows | applied count u16 | margin i16 | ahead u8 = received sequence − applied count, 255 = received sequence u32 follows] |
/// [received history u32; without it all ones] | [chain u32] | [own state: x, y, vx, vy, rotation f32] | [leaves: count u8, cells u16] | blocks to the end, each a <see cref="BlockHead"/> and its bytes.
/// </summary>
public record struct StateDatagram
{
    /// <summary>Largest datagram, kind byte included.</summary>
    public const int MaxSize = LinkLimits.MaxDatagram;

    private const int CheckOffset = 7;
    private const byte StatusFlag = 1;
    private const byte StateFlag = 2;
    private const byte ChainFlag = 4;
    private const byte LeavesFlag = 8;
    private const byte HistoryFlag = 16;
    private const byte MoreFlag = 32;
    private const byte Escape = 255;

    /// <summary>Rises, with wrap, whenever all bases become void.</summary>
    public byte Stream;

    /// <summary>Counts a connection's state datagrams, with wrap.</summary>
    public ushort Seq;

    /// <summary>Tick of the states inside.</summary>
    public ulong Tick;

    /// <summary>Sum of the checks of the blocks, mod 65,536.</summary>
    public ushort Check;

    /// <summary>Whether another datagram with blocks of the same tick follows; it may get lost.</summary>
    public bool HasMore;

    /// <summary>Whether the fields about the own inputs are present.</summary>
    public bool HasStatus;

    /// <summary>Largest target tick applied, at most <see cref="Tick"/>.</summary>
    public ulong AppliedTick;

    /// <summary>Inputs applied on this connection; the low 16 bits travel.</summary>
    public uint AppliedCount;

    /// <summary>Slack of the newest input in units of 1/4 ms; positive is early.</summary>
    public short Margin;

    /// <summary>Newest input sequence that reached the gateway.</summary>
    public uint ReceivedSequence;

    /// <summary>Bit n set = input (received − 1 − n) reached the gateway.</summary>
    public uint ReceivedHistory;

    /// <summary>Whether <see cref="Chain"/> is present.</summary>
    public bool HasChain;

    /// <summary>Chain over all inputs applied on this connection, as of <see cref="AppliedCount"/>.</summary>
    public uint Chain;

    /// <summary>Whether the exact state of the own ship is present; absent = as in the newest that was acknowledged.</summary>
    public bool HasOwnState;

    /// <summary>Own ship, metres.</summary>
    public float X;

    /// <summary>Own ship, metres.</summary>
    public float Y;

    /// <summary>Own ship, m/s.</summary>
    public float VX;

    /// <summary>Own ship, m/s.</summary>
    public float VY;

    /// <summary>Own ship, radians.</summary>
    public float Rotation;

    /// <summary>Cells that the client leaves.</summary>
    public int LeaveCount;

    /// <summary>Appends a head. The check may follow later (<see cref="PatchCheck"/>), blocks follow in any case.</summary>
    /// <param name="writer">Receives the bytes.</param>
    /// <param name="head">Fields; the number of leaves is taken from the list.</param>
    /// <param name="leaves">At most <see cref="Codec2Limits.MaxLeaves"/>.</param>
    public static void Write(ByteWriter writer, in StateDatagram head, ReadOnlySpan<ushort> leaves)
    {
        if (leaves.Length > Codec2Limits.MaxLeaves)
            throw new ArgumentException("more than " + Codec2Limits.MaxLeaves + " leaves", nameof(leaves));
        var hasHistory = head.HasStatus && head.ReceivedHistory != uint.MaxValue;
        var flags = (head.HasStatus ? StatusFlag : 0) | (head.HasOwnState ? StateFlag : 0) | (head.HasChain ? ChainFlag : 0)
            | (leaves.Length > 0 ? LeavesFlag : 0) | (hasHistory ? HistoryFlag : 0) | (head.HasMore ? MoreFlag : 0);
        writer.WriteByte((byte)LinkKind.State);
        writer.WriteByte((byte)flags);
        writer.WriteByte(head.Stream);
        writer.WriteUInt16(head.Seq);
        writer.WriteUInt16(unchecked((ushort)head.Tick));
        writer.WriteUInt16(head.Check);
        if (head.HasStatus)
            WriteStatus(writer, head);
        if (hasHistory)
            writer.WriteUInt32(head.ReceivedHistory);
        if (head.HasChain)
            writer.WriteUInt32(head.Chain);
        if (head.HasOwnState)
        {
            writer.WriteSingle(head.X);
            writer.WriteSingle(head.Y);
            writer.WriteSingle(head.VX);
            writer.WriteSingle(head.VY);
            writer.WriteSingle(head.Rotation);
        }

        if (leaves.Length == 0)
            return;
        writer.WriteByte((byte)leaves.Length);
        foreach (var cell in leaves)
            writer.WriteUInt16(cell);
    }

    /// <summary>Fills in the check of a head written at a place.</summary>
    public static void PatchCheck(ByteWriter writer, int start, ushort check) => writer.PatchUInt16(start + CheckOffset, check);

    /// <summary>Reads a head; blocks are what remains of the reader. False for anything malformed.</summary>
    /// <param name="reader">At the kind byte.</param>
    /// <param name="newestTick">Newest server tick known: the tick is the one nearest to it.</param>
    /// <param name="expectedCount">Inputs known to be applied: the count is the one nearest to it.</param>
    /// <param name="head">Fields.</param>
    /// <param name="leaves">At least <see cref="Codec2Limits.MaxLeaves"/> long; receives <see cref="LeaveCount"/> cells.</param>
    public static bool TryRead(ref ByteReader reader, ulong newestTick, uint expectedCount, out StateDatagram head, Span<ushort> leaves)
    {
        head = default;
        if (!(reader.TryReadByte(out var kind) && kind == (byte)LinkKind.State
            && reader.TryReadByte(out var flags) && flags < MoreFlag * 2
            && ((flags & StatusFlag) != 0 || (flags & HistoryFlag) == 0)
            && reader.TryReadByte(out head.Stream)
            && reader.TryReadUInt16(out head.Seq)
            && reader.TryReadUInt16(out var tick)
            && reader.TryReadUInt16(out head.Check)))
        {
            return false;
        }

        head.Tick = Nearest(tick, newestTick);
        head.HasMore = (flags & MoreFlag) != 0;
        head.HasStatus = (flags & StatusFlag) != 0;
        head.HasOwnState = (flags & StateFlag) != 0;
        head.HasChain = (flags & ChainFlag) != 0;
        head.ReceivedHistory = uint.MaxValue;
        return (!head.HasStatus || TryReadStatus(ref reader, ref head, expectedCount))
            && ((flags & HistoryFlag) == 0 || reader.TryReadUInt32(out head.ReceivedHistory))
            && (!head.HasChain || reader.TryReadUInt32(out head.Chain))
            && (!head.HasOwnState || TryReadOwnState(ref reader, ref head))
            && ((flags & LeavesFlag) == 0 || TryReadLeaves(ref reader, ref head, leaves));
    }

    /// <summary>The number with these low bits that is nearest to a known one.</summary>
    public static ulong Nearest(ushort low, ulong known)
    {
        var distance = unchecked((short)(low - (ushort)known));
        return distance < 0 && (ulong)-distance > known ? low : unchecked(known + (ulong)distance);
    }

    private static void WriteStatus(ByteWriter writer, in StateDatagram head)
    {
        var back = unchecked(head.Tick - head.AppliedTick);
        writer.WriteByte((byte)Math.Min(back, Escape));
        if (back >= Escape)
            writer.WriteUInt64(head.AppliedTick);
        writer.WriteUInt16(unchecked((ushort)head.AppliedCount));
        writer.WriteUInt16(unchecked((ushort)head.Margin));
        var ahead = unchecked(head.ReceivedSequence - head.AppliedCount);
        writer.WriteByte((byte)Math.Min(ahead, Escape));
        if (ahead >= Escape)
            writer.WriteUInt32(head.ReceivedSequence);
    }

    private static bool TryReadStatus(ref ByteReader reader, ref StateDatagram head, uint expectedCount)
    {
        if (!reader.TryReadByte(out var back))
            return false;
        if (back == Escape)
        {
            if (!reader.TryReadUInt64(out head.AppliedTick))
                return false;
        }
        else
        {
            if (back > head.Tick)
                return false;
            head.AppliedTick = head.Tick - back;
        }

        if (!(reader.TryReadUInt16(out var count) && reader.TryReadUInt16(out var margin) && reader.TryReadByte(out var ahead)))
            return false;
        head.AppliedCount = unchecked(expectedCount + (uint)(short)(count - (ushort)expectedCount));
        head.Margin = unchecked((short)margin);
        head.ReceivedSequence = unchecked(head.AppliedCount + ahead);
        return ahead != Escape || reader.TryReadUInt32(out head.ReceivedSequence);
    }

    private static bool TryReadOwnState(ref ByteReader reader, ref StateDatagram head) =>
        reader.TryReadSingle(out head.X) && reader.TryReadSingle(out head.Y)
        && reader.TryReadSingle(out head.VX) && reader.TryReadSingle(out head.VY)
        && reader.TryReadSingle(out head.Rotation);

    private static bool TryReadLeaves(ref ByteReader reader, ref StateDatagram head, Span<ushort> leaves)
    {
        if (!reader.TryReadByte(out var count) || count == 0)
            return false;
        for (var i = 0; i < count; i++)
        {
            if (!reader.TryReadUInt16(out leaves[i]))
                return false;
        }

        head.LeaveCount = count;
        return true;
    }
}
