// The lists in a moving room's bytes.
using Aetheris.Grains.Pipeline;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Frames;
using Aetheris.Protocol.Identity;

namespace Aetheris.Grains.Rooms;

/// <summary>
/// sequences u16 × (gateway u64, sequence u64) | pending u16 × (gateway u64, sequence u64, command) | frames u16 × (u32 + bytes), the
/// last one with the room's seq | log u32 + bytes of a RoomHistory | ships u32 × (player 2×u64, ship u64, connection u32, flags u8: 1 has a place, 2 waits).
/// </summary>
internal sealed class CarriedLists
{
    private const int ShipBytes = 16 + 8 + 4 + 1;

    public List<GatewaySequence> Sequences { get; } = [];

    public List<Command> Pending { get; } = [];

    public List<byte[]> Frames { get; } = [];

    public List<HistoryEntry> Log { get; } = [];

    public List<KnownShip> Ships { get; } = [];

    public static void Write(ByteWriter writer, RoomState state)
    {
        writer.WriteUInt16((ushort)state.Sequences.Count);
        foreach (var (gateway, sequence) in state.Sequences)
        {
            writer.WriteUInt64(gateway.Value);
            writer.WriteUInt64(sequence);
        }

        writer.WriteUInt16((ushort)state.Pending.Count);
        foreach (var command in state.Pending)
            CommandCodec.WriteWithOrigin(writer, command);

        writer.WriteUInt16((ushort)state.Frames.Count);
        foreach (var frame in state.Frames)
        {
            writer.WriteUInt32((uint)frame.Length);
            writer.WriteBytes(frame);
        }

        var position = writer.Length;
        writer.WriteUInt32(0);
        RoomHistory.Write(writer, default, state.Log);
        writer.PatchUInt32(position, (uint)(writer.Length - position - sizeof(uint)));
        writer.WriteUInt32((uint)state.Ships.Count);
        foreach (var ship in state.Ships)
        {
            writer.WriteUInt64(ship.Report.Player.High);
            writer.WriteUInt64(ship.Report.Player.Low);
            writer.WriteUInt64(ship.Report.Ship.Value);
            writer.WriteUInt32(ship.Connection.Value);
            writer.WriteByte((byte)((ship.Report.HasPlace ? 1 : 0) | (ship.Waits ? 2 : 0)));
        }
    }

    public static bool TryRead(ref ByteReader reader, ulong seq, out CarriedLists lists)
    {
        lists = new CarriedLists();
        return lists.TryReadSequences(ref reader)
            && lists.TryReadPending(ref reader)
            && lists.TryReadFrames(ref reader, seq)
            && lists.TryReadLog(ref reader)
            && lists.TryReadShips(ref reader);
    }

    private bool TryReadSequences(ref ByteReader reader)
    {
        if (!reader.TryReadUInt16(out var count) || count > RoomMailbox.MaxGateways)
            return false;
        for (var i = 0; i < count; i++)
        {
            if (!(reader.TryReadUInt64(out var gateway) && gateway != 0 && reader.TryReadUInt64(out var sequence)))
                return false;
            Sequences.Add(new GatewaySequence(new GatewayId(gateway), sequence));
        }

        return true;
    }

    private bool TryReadPending(ref ByteReader reader)
    {
        if (!reader.TryReadUInt16(out var count) || count > RoomMailbox.MaxCommands)
            return false;
        for (var i = 0; i < count; i++)
        {
            if (!CommandCodec.TryReadWithOrigin(ref reader, out var command))
                return false;
            Pending.Add(command);
        }

        return true;
    }

    private bool TryReadFrames(ref ByteReader reader, ulong seq)
    {
        if (!reader.TryReadUInt16(out var count) || count > FrameRing.Capacity || count > seq)
            return false;
        for (var i = 0; i < count; i++)
        {
            if (!(reader.TryReadUInt32(out var length) && length <= (uint)reader.Remaining && reader.TryReadBytes((int)length, out var bytes)
                && RoomFrame.TryRead(bytes, out var frame) && frame.Header.Seq == seq - count + (ulong)i + 1))
            {
                return false;
            }

            Frames.Add(bytes.ToArray());
        }

        return true;
    }

    private bool TryReadLog(ref ByteReader reader) =>
        reader.TryReadUInt32(out var length) && length <= (uint)reader.Remaining && reader.TryReadBytes((int)length, out var bytes)
        && RoomHistory.TryRead(bytes.ToArray(), out _, Log);

    private bool TryReadShips(ref ByteReader reader)
    {
        if (!reader.TryReadUInt32(out var count) || count > reader.Remaining / ShipBytes)
            return false;
        for (var i = 0u; i < count; i++)
        {
            if (!(reader.TryReadUInt64(out var high)
                && reader.TryReadUInt64(out var low)
                && reader.TryReadUInt64(out var ship)
                && reader.TryReadUInt32(out var connection)
                && reader.TryReadByte(out var flags) && flags < 4))
            {
                return false;
            }

            var report = new ShipReport(new PlayerId(high, low), new NetworkId(ship), (flags & 1) != 0);
            Ships.Add(new KnownShip(report, new ConnectionEpoch(connection), (flags & 2) != 0));
        }

        return true;
    }
}
