// Payload of ProjectileMarker, kind 13. Source: WIRE_FORMAT §8.
using System;
using Aetheris.Protocol.Codec1.MessagePack;
using Aetheris.Protocol.Components;

namespace Aetheris.Protocol.Codec1.Components;

/// <summary>Array of 5: projectile_type, spawn_pos, max_range, owner, lifetime_ticks.</summary>
public sealed class ProjectileMarkerCodec : ComponentCodec<ProjectileMarker>
{
    private static readonly StructShape Shape = new("projectile_type", "spawn_pos", "max_range", "owner", "lifetime_ticks");

    /// <summary>Creates the codec.</summary>
    public ProjectileMarkerCodec()
        : base(ComponentKinds.ProjectileMarker, "ProjectileMarker")
    {
    }

    /// <inheritdoc />
    public override void Write(scoped ref MessagePackWriter writer, in ProjectileMarker value)
    {
        writer.WriteArrayHead(5);
        writer.WriteUnitVariant(EnumShapes.ProjectileType, (int)value.ProjectileType);
        writer.WriteArrayHead(2);
        writer.WriteSingle(value.SpawnX);
        writer.WriteSingle(value.SpawnY);
        writer.WriteSingle(value.MaxRange);
        writer.WriteUInt(value.Owner);
        writer.WriteUInt(value.LifetimeTicks);
    }

    /// <inheritdoc />
    public override bool TryRead(scoped ref MessagePackReader reader, out ProjectileMarker value)
    {
        value = default;
        if (!reader.TryBeginStruct(Shape, out var fields))
            return false;
        while (fields.TryNext(ref reader, out var field))
        {
            var read = field switch
            {
                0 => TryReadProjectileType(ref reader, out value.ProjectileType),
                1 => TryReadPosition(ref reader, ref value),
                2 => reader.TryReadSingle(out value.MaxRange),
                3 => reader.TryReadId(out value.Owner),
                _ => reader.TryReadUInt32(out value.LifetimeTicks),
            };
            if (!read)
                return false;
        }

        return fields.TryEnd(ref reader);
    }

    private static bool TryReadProjectileType(scoped ref MessagePackReader reader, out ProjectileType value)
    {
        var read = reader.TryReadUnitVariant(EnumShapes.ProjectileType, out var index);
        value = (ProjectileType)index;
        return read;
    }

    private static bool TryReadPosition(scoped ref MessagePackReader reader, ref ProjectileMarker value)
    {
        Span<float> position = stackalloc float[2];
        if (!reader.TryReadSingles(position))
            return false;
        value.SpawnX = position[0];
        value.SpawnY = position[1];
        return true;
    }
}
