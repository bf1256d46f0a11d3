// A single component update as a datagram of its own: a header, then the payload without a length. Source: WIRE_FORMAT §4.
using System;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Codec1.MessagePack;
using Aetheris.Protocol.Identity;

namespace Aetheris.Protocol.Codec1.Events;

/// <summary><c>93 network_id component_kind tick</c>, then the payload to the end of the message.</summary>
public ref struct FramedUpdate
{
    /// <summary>Longest header, bytes.</summary>
    public const int MaxHeaderLength = 22;

    // What the original reports when its fixed buffer cannot hold even the header.
    private const int OverflowEstimate = 32;

    private static readonly StructShape Shape = new("network_id", "component_kind", "tick");

    /// <summary>The entity.</summary>
    public NetworkId Entity;

    /// <summary>Number of the component kind.</summary>
    public ushort Kind;

    /// <summary>Tick of the value; for an input the header's tick has no meaning to the server.</summary>
    public ulong Tick;

    /// <summary>The encoded component, as it came.</summary>
    public ReadOnlySpan<byte> Payload;

    /// <summary>Reads a framed update. False for anything the original refuses, events among it.</summary>
    public static bool TryRead(ReadOnlySpan<byte> message, out FramedUpdate value)
    {
        value = default;
        var reader = new MessagePackReader(message);
        if (!reader.TryBeginStruct(Shape, out var fields))
            return false;
        ulong entity = 0;
        while (fields.TryNext(ref reader, out var field))
        {
            var read = field switch
            {
                0 => reader.TryReadId(out entity),
                1 => reader.TryReadId(out value.Kind),
                _ => reader.TryReadUInt64(out value.Tick),
            };
            if (!read)
                return false;
        }

        value.Entity = new NetworkId(entity);
        value.Payload = reader.Rest;
        return fields.TryEnd(ref reader);
    }

    /// <summary>Writes header and payload.</summary>
    public readonly void Write(scoped ref MessagePackWriter writer)
    {
        WriteHeader(ref writer);
        writer.WriteRaw(Payload);
    }

    /// <summary>Appends header and payload.</summary>
    public readonly void Write(ByteWriter into)
    {
        var writer = new MessagePackWriter(into);
        Write(ref writer);
        writer.Flush();
    }

    /// <summary>Writes header and payload into a fixed buffer; false with the overflow when they do not fit.</summary>
    public readonly bool TryWrite(Span<byte> destination, out int written, out BufferOverflow overflow)
    {
        written = 0;
        overflow = default;
        var writer = new MessagePackWriter(destination);
        WriteHeader(ref writer);
        if (writer.Overflowed)
        {
            overflow = new BufferOverflow(OverflowEstimate, destination.Length);
            return false;
        }

        var needed = writer.Length + Payload.Length;
        writer.WriteRaw(Payload);
        if (writer.Overflowed)
        {
            overflow = new BufferOverflow(needed, destination.Length);
            return false;
        }

        written = needed;
        return true;
    }

    private readonly void WriteHeader(scoped ref MessagePackWriter writer)
    {
        writer.WriteArrayHead(3);
        writer.WriteUInt(Entity.Value);
        writer.WriteUInt(Kind);
        writer.WriteUInt(Tick);
    }
}
