// What a gateway sends to a room: every command the room has not acknowledged yet, and the newest frame the gateway has.
using System;
using System.Collections.Generic;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Identity;

namespace Aetheris.Protocol.Commands;

/// <summary>
/// version u16 | gateway u64 | acknowledged epoch u32 | acknowledged frame seq u64 | first sequence u64 | count u16 | commands.
/// Commands are contiguous from the first sequence. An empty batch is an acknowledgement alone.
/// </summary>
public static class CommandBatch
{
    /// <summary>Most commands in one batch; a gateway with more sends several.</summary>
    public const int MaxCommands = 4096;

    /// <summary>Appends the head; the count is patched by <see cref="PatchCount"/>.</summary>
    /// <returns>Position of the count.</returns>
    public static int WriteHead(ByteWriter writer, in CommandBatchHead head)
    {
        writer.WriteUInt16(ProtocolVersions.Frame);
        writer.WriteUInt64(head.Gateway.Value);
        writer.WriteUInt32(head.AckEpoch);
        writer.WriteUInt64(head.AckSeq);
        writer.WriteUInt64(head.FirstSequence);
        var position = writer.Length;
        writer.WriteUInt16(0);
        return position;
    }

    /// <summary>Sets the number of commands that follow.</summary>
    public static void PatchCount(ByteWriter writer, int position, ushort count) => writer.PatchUInt16(position, count);

    /// <summary>Reads head and commands; the commands carry gateway and sequence. False (and an untouched list) for anything malformed.</summary>
    /// <param name="data">One batch.</param>
    /// <param name="head">The head.</param>
    /// <param name="into">Receives the commands at its end.</param>
    public static bool TryRead(ReadOnlySpan<byte> data, out CommandBatchHead head, List<Command> into)
    {
        head = default;
        var reader = new ByteReader(data);
        if (!(reader.TryReadUInt16(out var version) && version == ProtocolVersions.Frame
            && reader.TryReadUInt64(out var gateway)
            && reader.TryReadUInt32(out var ackEpoch)
            && reader.TryReadUInt64(out var ackSeq)
            && reader.TryReadUInt64(out var first)
            && reader.TryReadUInt16(out var count) && count <= MaxCommands))
        {
            return false;
        }

        var start = into.Count;
        for (var i = 0; i < count; i++)
        {
            if (!CommandCodec.TryRead(ref reader, out var command))
            {
                into.RemoveRange(start, into.Count - start);
                return false;
            }

            command.Gateway = new GatewayId(gateway);
            command.Sequence = first + (ulong)i;
            into.Add(command);
        }

        head = new CommandBatchHead(new GatewayId(gateway), ackEpoch, ackSeq, first, count);
        return true;
    }
}
