// Client → gateway, once per client tick: the newest input with its redundant predecessors, and what state arrived.
using System;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Commands;

namespace Aetheris.Protocol.Link;

/// <summary>
/// kind byte 3 | flags u8 (1 = state acknowledgements follow the head) | [ack seq u16 | ack history u64] |
/// newest sequence u32 | count u8 (0–8) | newest target tick u64 | inputs, newest first:
/// back u8 (ticks before the previous one's target; 0 for the newest) | move x f32 | move y f32 | buttons u8 | view delay u8 | [mining target u64 with ToggleMining].
/// Sequences count a connection's inputs from 1 without gaps, so the n-th input in the packet has sequence newest − n:
/// a gateway forwards each once, in order, and can tell which never came. Count 0 acknowledges only.
/// </summary>
public struct InputPacket
{
    private const byte AckFlag = 1;

    /// <summary>Whether the acknowledgement fields are present.</summary>
    public bool HasStateAck;

    /// <summary>Newest state datagram received.</summary>
    public ushort StateAck;

    /// <summary>Bit n set = state datagram (newest − 1 − n) was received.</summary>
    public ulong StateAckHistory;

    /// <summary>Sequence of the newest input; 0 with count 0.</summary>
    public uint NewestSequence;

    /// <summary>Number of inputs, 0–8.</summary>
    public int Count;

    /// <summary>Appends a packet.</summary>
    /// <param name="writer">Receives the bytes.</param>
    /// <param name="head">Head fields; <see cref="Count"/> is taken from the inputs.</param>
    /// <param name="newestFirst">1–8 inputs with falling target ticks no more than 255 apart, or none.</param>
    /// <exception cref="ArgumentException">More than 8 inputs, or target ticks not falling or too far apart.</exception>
    public static void Write(ByteWriter writer, in InputPacket head, ReadOnlySpan<ShipInput> newestFirst)
    {
        if (newestFirst.Length > LinkLimits.MaxInputsPerPacket)
            throw new ArgumentException("more than " + LinkLimits.MaxInputsPerPacket + " inputs", nameof(newestFirst));
        writer.WriteByte((byte)LinkKind.Input);
        writer.WriteByte(head.HasStateAck ? AckFlag : (byte)0);
        if (head.HasStateAck)
        {
            writer.WriteUInt16(head.StateAck);
            writer.WriteUInt64(head.StateAckHistory);
        }

        writer.WriteUInt32(newestFirst.Length == 0 ? 0 : head.NewestSequence);
        writer.WriteByte((byte)newestFirst.Length);
        writer.WriteUInt64(newestFirst.Length == 0 ? 0 : newestFirst[0].TargetTick);
        for (var i = 0; i < newestFirst.Length; i++)
        {
            ref readonly var input = ref newestFirst[i];
            var back = i == 0 ? 0 : newestFirst[i - 1].TargetTick - input.TargetTick;
            if (back > 255 || (i > 0 && back == 0))
                throw new ArgumentException("target ticks must fall by 1 to 255", nameof(newestFirst));
            writer.WriteByte((byte)back);
            writer.WriteSingle(input.MoveX);
            writer.WriteSingle(input.MoveY);
            writer.WriteByte((byte)input.Buttons);
            writer.WriteByte(input.ViewDelay);
            if ((input.Buttons & InputButtons.ToggleMining) != InputButtons.None)
                writer.WriteUInt64(input.MiningTarget);
        }
    }

    /// <summary>Reads a packet that starts with its kind byte; false for anything malformed, also trailing bytes. Values are not judged (<see cref="ShipInput.IsValid"/>).</summary>
    /// <param name="data">One message.</param>
    /// <param name="packet">Head.</param>
    /// <param name="newestFirst">At least <see cref="LinkLimits.MaxInputsPerPacket"/> long; receives the inputs.</param>
    public static bool TryRead(ReadOnlySpan<byte> data, out InputPacket packet, Span<ShipInput> newestFirst)
    {
        packet = default;
        var reader = new ByteReader(data);
        if (!(reader.TryReadByte(out var kind) && kind == (byte)LinkKind.Input
            && reader.TryReadByte(out var flags) && flags <= AckFlag))
        {
            return false;
        }

        packet.HasStateAck = flags == AckFlag;
        if (packet.HasStateAck && !(reader.TryReadUInt16(out packet.StateAck) && reader.TryReadUInt64(out packet.StateAckHistory)))
            return false;
        if (!(reader.TryReadUInt32(out packet.NewestSequence)
            && reader.TryReadByte(out var count) && count <= LinkLimits.MaxInputsPerPacket
            && reader.TryReadUInt64(out var target)
            && (count == 0 || packet.NewestSequence >= count)))
        {
            return false;
        }

        packet.Count = count;
        for (var i = 0; i < count; i++)
        {
            if (!TryReadInput(ref reader, i, ref target, out newestFirst[i]))
                return false;
        }

        return reader.Remaining == 0;
    }

    private static bool TryReadInput(ref ByteReader reader, int index, ref ulong target, out ShipInput input)
    {
        input = default;
        if (!(reader.TryReadByte(out var back) && (index == 0) == (back == 0) && back < target
            && reader.TryReadSingle(out input.MoveX)
            && reader.TryReadSingle(out input.MoveY)
            && reader.TryReadByte(out var buttons)
            && reader.TryReadByte(out input.ViewDelay)))
        {
            return false;
        }

        target -= back;
        input.TargetTick = target;
        input.Buttons = (InputButtons)buttons;
        return (input.Buttons & InputButtons.ToggleMining) == InputButtons.None || reader.TryReadUInt64(out input.MiningTarget);
    }
}
