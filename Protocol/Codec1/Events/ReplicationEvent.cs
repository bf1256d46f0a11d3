// One component update inside a batch. Source: WIRE_FORMAT §3.
using System;
using Aetheris.Protocol.Codec1.MessagePack;
using Aetheris.Protocol.Identity;

namespace Aetheris.Protocol.Codec1.Events;

/// <summary>Array of 4: network_id, component_kind, payload, tick. The payload comes before the tick here.</summary>
public ref struct ReplicationEvent
{
    private static readonly StructShape Shape = new("network_id", "component_kind", "payload", "tick");

    /// <summary>The entity.</summary>
    public NetworkId Entity;

    /// <summary>Number of the component kind (WIRE_FORMAT §8).</summary>
    public ushort Kind;

    /// <summary>The encoded component.</summary>
    public ReadOnlySpan<byte> Payload;

    /// <summary>Server tick of the value.</summary>
    public ulong Tick;

    /// <summary>Writes the array of 4.</summary>
    public readonly void Write(scoped ref MessagePackWriter writer)
    {
        writer.WriteArrayHead(4);
        writer.WriteUInt(Entity.Value);
        writer.WriteUInt(Kind);
        writer.WriteBytes(Payload);
        writer.WriteUInt(Tick);
    }

    /// <summary>Reads one update; false for anything the original refuses.</summary>
    public static bool TryRead(scoped ref MessagePackReader reader, out ReplicationEvent value)
    {
        value = default;
        if (!reader.TryBeginStruct(Shape, out var fields))
            return false;
        ulong entity = 0;
        while (fields.TryNext(ref reader, out var field))
        {
            var read = field switch
            {
                0 => reader.TryReadId(out entity),
                1 => reader.TryReadId(out value.Kind),
                2 => reader.TryReadBytes(out value.Payload),
                _ => reader.TryReadUInt64(out value.Tick),
            };
            if (!read)
                return false;
        }

        value.Entity = new NetworkId(entity);
        return fields.TryEnd(ref reader);
    }
}
