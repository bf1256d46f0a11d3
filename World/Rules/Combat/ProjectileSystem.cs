// Projectiles hit or expire. Source: WORLD_RULES §7.7, W-50 to W-56, W-D11, W-D14, W-D28; numbers in Combat and EntityTypes.
using System;
using Aetheris.Protocol.Components;
using Aetheris.Protocol.Identity;

namespace Aetheris.World;

/// <summary>
/// Each projectile by id loses a tick of its life and ends without any left or beyond its range; else it hits what it touches first
/// (4 m, the lowest id of equal ones) on the segment that it flew in this tick, never its shooter. Then the dead die in hit order, then
/// the spent projectiles go: the despawn list says so, there is no event.
/// </summary>
public sealed class ProjectileSystem : ISystem
{
    internal const string Id = "Projectile";

    private static readonly ulong Targets = StandardComponents.HullPool.Bit | StandardComponents.ShieldPool.Bit | StandardComponents.AsteroidHp.Bit;

    /// <inheritdoc />
    public string Name => Id;

    /// <inheritdoc />
    public uint Version => 2;

    /// <inheritdoc />
    public void Step(RoomWorld world)
    {
        var entities = world.Entities;
        var markers = entities.Column(StandardComponents.ProjectileMarker);
        var buffers = world.Buffers;
        var built = false;
        buffers.Leaving.Clear();
        foreach (var slot in entities.Slots)
        {
            if (!markers.Has(slot) || !entities.Column(StandardComponents.Transform).Has(slot))
                continue;
            if (!built)
                buffers.Grid.Build(world, 0, Targets);
            built = true;
            if (!TryAge(world, slot))
            {
                buffers.Leaving.Add(entities.IdOf(slot));
            }
            else if (TryHit(world, slot, out var target))
            {
                buffers.Leaving.Add(entities.IdOf(slot));
                Casualties.Hit(world, target, new NetworkId(markers[slot].Owner));
            }
        }

        Casualties.Bury(world);
        world.DespawnAll(buffers.Leaving);
    }

    /// <summary>One tick of a projectile's life (W-50, W-51); false when it is over.</summary>
    private static bool TryAge(RoomWorld world, int slot)
    {
        var markers = world.Entities.Column(StandardComponents.ProjectileMarker);
        ProjectileMarker marker = markers[slot];
        if (marker.LifetimeTicks == 0)
            return false;
        marker.LifetimeTicks--;
        markers.Set(slot, marker);
        var origin = new Transform { X = marker.SpawnX, Y = marker.SpawnY };
        var squared = Torus.DistanceSquared(origin, world.Entities.Column(StandardComponents.Transform)[slot], EntitySpawner.BoundsOf(world));
        return !(squared > (float)(marker.MaxRange * marker.MaxRange));
    }

    private static bool TryHit(RoomWorld world, int slot, out int target)
    {
        var entities = world.Entities;
        var transforms = entities.Column(StandardComponents.Transform);
        ref readonly var velocity = ref entities.Column(StandardComponents.Velocity)[slot];
        ref readonly var end = ref transforms[slot];
        var owner = entities.Column(StandardComponents.ProjectileMarker)[slot].Owner;
        var bounds = EntitySpawner.BoundsOf(world);
        float flownX = (float)(velocity.X * world.DeltaTime), flownY = (float)(velocity.Y * world.DeltaTime);
        var reach = (float)(Combat.HitRadius + MathF.Max(MathF.Abs(flownX), MathF.Abs(flownY)));
        var area = world.Buffers.Grid.Around(end.X, end.Y, reach);
        var first = float.PositiveInfinity;
        target = -1;
        for (var list = 0; list < area.Lists; list++)
        {
            foreach (ref readonly var item in world.Buffers.Grid.ItemsIn(area, list))
            {
                if (item.Slot == slot || entities.IdOf(item.Slot).Value == owner)
                    continue;
                Torus.Delta(end, transforms[item.Slot], bounds, out var dx, out var dy);
                var entry = Entry((float)(dx + flownX), (float)(dy + flownY), flownX, flownY);
                if (entry < first || (entry == first && target >= 0 && entities.IdOf(item.Slot) < entities.IdOf(target)))
                {
                    first = entry;
                    target = item.Slot;
                }
            }
        }

        return target >= 0;
    }

    /// <summary>Share of the segment after which it comes nearer than the hit radius to a place; infinite if it does not.</summary>
    /// <param name="x">Place minus start of the segment.</param>
    /// <param name="y">Place minus start of the segment.</param>
    /// <param name="flownX">The segment.</param>
    /// <param name="flownY">The segment.</param>
    private static float Entry(float x, float y, float flownX, float flownY)
    {
        var c = (float)(Torus.LengthSquared(x, y) - (float)(Combat.HitRadius * Combat.HitRadius));
        if (c < 0)
            return 0;
        var a = Torus.LengthSquared(flownX, flownY);
        var b = (float)((float)(x * flownX) + (float)(y * flownY));
        var discriminant = (float)((float)(b * b) - (float)(a * c));
        if (!(b > 0) || !(discriminant > 0))
            return float.PositiveInfinity;
        var entry = (float)((float)(b - (float)MathF.Sqrt(discriminant)) / a);
        return entry < 1 ? entry : float.PositiveInfinity;
    }
}
