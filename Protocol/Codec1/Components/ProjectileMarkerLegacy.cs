// The projectile marker of an earlier engine revision. Source: WIRE_FORMAT §8, kind 13, engine 9e3293a.
using System;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Codec1.MessagePack;
using Aetheris.Protocol.Components;
using Aetheris.Protocol.Identity;

namespace Aetheris.Protocol.Codec1.Components;

/// <summary>Array of 3: projectile_type, origin_tick, owner. Has the number of <see cref="ProjectileMarker"/> and is never sent by us.</summary>
public struct ProjectileMarkerLegacy
{
    private static readonly StructShape Shape = new("projectile_type", "origin_tick", "owner");

    /// <summary>What flies.</summary>
    public ProjectileType ProjectileType;

    /// <summary>Server tick of the shot.</summary>
    public ulong OriginTick;

    /// <summary>The shooter.</summary>
    public NetworkId Owner;

    /// <summary>Reads a payload; false for anything the original refuses.</summary>
    public static bool TryRead(ReadOnlySpan<byte> payload, out ProjectileMarkerLegacy value)
    {
        var reader = new MessagePackReader(payload);
        value = default;
        if (!reader.TryBeginStruct(Shape, out var fields))
            return false;
        var type = 0;
        ulong owner = 0;
        while (fields.TryNext(ref reader, out var field))
        {
            var read = field switch
            {
                0 => reader.TryReadUnitVariant(EnumShapes.ProjectileType, out type),
                1 => reader.TryReadUInt64(out value.OriginTick),
                _ => reader.TryReadId(out owner),
            };
            if (!read)
                return false;
        }

        value.ProjectileType = (ProjectileType)type;
        value.Owner = new NetworkId(owner);
        return fields.TryEnd(ref reader);
    }

    /// <summary>Appends the canonical payload.</summary>
    public readonly void Write(ByteWriter into)
    {
        var writer = new MessagePackWriter(into);
        writer.WriteArrayHead(3);
        writer.WriteUnitVariant(EnumShapes.ProjectileType, (int)ProjectileType);
        writer.WriteUInt(OriginTick);
        writer.WriteUInt(Owner.Value);
        writer.Flush();
    }
}
