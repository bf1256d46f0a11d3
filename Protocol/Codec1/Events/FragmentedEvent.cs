// One chunk of a message that is too long for a datagram. Source: WIRE_FORMAT §3, §5.
using System;
using Aetheris.Protocol.Codec1.MessagePack;

namespace Aetheris.Protocol.Codec1.Events;

/// <summary>A fragment. Any numbers decode; the reassembler refuses impossible ones.</summary>
public ref struct FragmentedEvent
{
    private static readonly StructShape Shape = new("message_id", "fragment_index", "total_fragments", "payload");

    /// <summary>Counts the sender's fragmented messages to this receiver.</summary>
    public uint MessageId;

    /// <summary>Position of this chunk, from 0.</summary>
    public ushort FragmentIndex;

    /// <summary>Number of chunks.</summary>
    public ushort TotalFragments;

    /// <summary>Bytes of the message.</summary>
    public ReadOnlySpan<byte> Payload;

    internal readonly void Write(scoped ref MessagePackWriter writer)
    {
        writer.WriteArrayHead(4);
        writer.WriteUInt(MessageId);
        writer.WriteUInt(FragmentIndex);
        writer.WriteUInt(TotalFragments);
        writer.WriteBytes(Payload);
    }

    internal static bool TryRead(scoped ref MessagePackReader reader, out FragmentedEvent value)
    {
        value = default;
        if (!reader.TryBeginStruct(Shape, out var fields))
            return false;
        while (fields.TryNext(ref reader, out var field))
        {
            var read = field switch
            {
                0 => reader.TryReadUInt32(out value.MessageId),
                1 => reader.TryReadUInt16(out value.FragmentIndex),
                2 => reader.TryReadUInt16(out value.TotalFragments),
                _ => reader.TryReadBytes(out value.Payload),
            };
            if (!read)
                return false;
        }

        return fields.TryEnd(ref reader);
    }
}
