// The codec-2 schema of a world: both ends make it from the same definition, so that nothing of it travels.
using System.Collections.Generic;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Codec2;
using Aetheris.Protocol.Components;

namespace Aetheris.World;

/// <summary>Builds <see cref="Codec2Schema"/> from a world's definition, the table of entity types and a room's size and tick rate.</summary>
public static class Codec2Schemas
{
    /// <summary>Network id of the room entity in every world that spawned anything: the second id (WORLD_RULES W-07).</summary>
    private const ulong RoomId = 2;

    /// <summary>The schema of a room with the bounds of <see cref="EntitySpawner"/>.</summary>
    /// <param name="definition">The room's rules.</param>
    /// <param name="tickRate">Ticks per second.</param>
    public static Codec2Schema Build(WorldDefinition definition, int tickRate) => Build(
        definition,
        tickRate,
        new RoomBounds
        {
            MinX = -EntitySpawner.RoomHalfSize,
            MinY = -EntitySpawner.RoomHalfSize,
            MaxX = EntitySpawner.RoomHalfSize,
            MaxY = EntitySpawner.RoomHalfSize,
        });

    /// <summary>The schema of a room.</summary>
    /// <param name="definition">The room's rules.</param>
    /// <param name="tickRate">Ticks per second.</param>
    /// <param name="bounds">The room's torus, at most 4,096 m a side.</param>
    public static Codec2Schema Build(WorldDefinition definition, int tickRate, in RoomBounds bounds)
    {
        var prototypes = new RoomWorld(definition, new RoomSettings());
        var components = new List<Codec2Component>();
        var writer = new ByteWriter();
        var types = new List<Codec2Type>();
        for (ushort number = 0; number < 256; number++)
        {
            if (EntityTypes.TryGet(number, out var type))
                types.Add(TypeOf(prototypes, type, writer));
        }

        // Pools come before the vitals that repeat them.
        foreach (var component in definition.Components)
        {
            if (IsReplicated(component) && component.Index != StandardComponents.ShipStats.Index)
                components.Add(ComponentOf(component));
        }

        components.Add(ComponentOf(definition.Components[StandardComponents.ShipStats.Index]));
        return new Codec2Schema(
            tickRate, bounds.MinX, bounds.MinY, bounds.MaxX - bounds.MinX, bounds.MaxY - bounds.MinY, components, types, Links());
    }

    private static bool IsReplicated(ComponentDefinition component) =>
        component.InFrames && component.Kind < ComponentKinds.FirstServerOnly;

    private static Codec2Component ComponentOf(ComponentDefinition component)
    {
        var role = component.Kind switch
        {
            ComponentKinds.Transform => Codec2Role.Place,
            ComponentKinds.Velocity => Codec2Role.Velocity,
            _ => Codec2Role.Slow,
        };
        // The sizes of a game's own components are not vouched for.
        var size = component.HoldsReferences || component.Index >= StandardComponents.Count ? -1 : component.EmptySize;
        return new Codec2Component(
            component.Index, component.Kind, role, size, component.Kind == ComponentKinds.ProjectileMarker ? size - sizeof(uint) : -1);
    }

    /// <summary>Hull and shield stand at the front of the vitals: current and largest, u16 each.</summary>
    private static Codec2Link[] Links() => new[]
    {
        new Codec2Link(StandardComponents.ShipStats.Index, 0, StandardComponents.HullPool.Index, 0, 4),
        new Codec2Link(StandardComponents.ShipStats.Index, 4, StandardComponents.ShieldPool.Index, 0, 4),
    };

    private static Codec2Type TypeOf(RoomWorld prototypes, EntityType type, ByteWriter writer)
    {
        var slot = EntitySpawner.Spawn(prototypes, type.Number, 0, 0, 0);
        var entities = prototypes.Entities;
        entities.Column(StandardComponents.RoomMembership).Set(slot, new RoomMembership { Room = RoomId });
        var mask = 0UL;
        var values = new Dictionary<int, byte[]>();
        foreach (var component in prototypes.Definition.Components)
        {
            if (!IsReplicated(component) || (entities.MaskOf(slot) & component.Bit) == 0)
                continue;
            mask |= component.Bit;
            writer.Clear();
            entities.ColumnAt(component.Index).Write(slot, writer);
            if (component.Kind is not (ComponentKinds.Transform or ComponentKinds.Velocity))
                values.Add(component.Index, writer.Written.ToArray());
        }

        var body = type.Body ?? default;
        var thrust = body.BaseMass > 0 ? body.ThrustForce / body.BaseMass : 0;
        return new Codec2Type(
            type.Number,
            (int)((body.Drag * 1000) + 0.5f),
            (int)((body.TurnRate * 1000) + 0.5f),
            thrust < 127 ? (int)(thrust + 0.5f) : 127,
            mask,
            values);
    }
}
