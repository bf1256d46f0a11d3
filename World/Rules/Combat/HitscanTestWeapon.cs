// A weapon that hits at once: the sharpest test of lag compensation there is. Off unless a game's builder adds it. Source: DESIGN §7.
using System;
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Components;

namespace Aetheris.World;

/// <summary>
/// Every FirePrimary input sends a ray from the ship's place of this tick along its rotation. The first hull or asteroid (the lowest id of
/// equal ones) within 0.5 m of the ray and 200 m of the ship takes 25 points in the same tick, with a Damage event. The others stand where
/// they stood at the tick that the pilot was looking at (<see cref="PositionTrail.DelayOf"/>), at most 12 ticks ago; nothing is aimed for
/// the pilot. It fires beside the ship's own weapon and has no cooldown. For tests: no standard world has it.
/// </summary>
public sealed class HitscanTestWeapon : ISystem
{
    /// <summary>Metres that the ray reaches.</summary>
    public const float Range = 200f;

    /// <summary>It hits what it passes nearer than this, metres.</summary>
    public const float Radius = 0.5f;

    /// <inheritdoc />
    public string Name => "HitscanTestWeapon";

    /// <inheritdoc />
    public uint Version => 1;

    /// <summary>Adds the weapon to a game's world, after <see cref="StandardRules.AddTo"/>; the world's version then says so.</summary>
    public static void AddTo(WorldBuilder builder) => builder.AddSystemBefore(ProjectileSystem.Id, new HitscanTestWeapon());

    /// <inheritdoc />
    public void Step(RoomWorld world)
    {
        for (var i = 0; i < world.AppliedInputs.Count; i++)
        {
            var applied = world.AppliedInputs[i];
            if ((applied.Input.Buttons & InputButtons.FirePrimary) != InputButtons.None
                && TryHit(world, applied.Slot, PositionTrail.DelayOf(world.Tick, applied.Input), out var target))
            {
                Casualties.Hit(world, target, world.Entities.IdOf(applied.Slot));
            }
        }

        Casualties.Bury(world);
    }

    private static bool TryHit(RoomWorld world, int shooter, int delay, out int target)
    {
        var entities = world.Entities;
        Transform from = entities.Column(StandardComponents.Transform)[shooter];
        float directionX = SoftMath.Cos(from.Rotation), directionY = SoftMath.Sin(from.Rotation);
        var bounds = EntitySpawner.BoundsOf(world);
        var first = Range;
        target = -1;
        foreach (var slot in entities.Slots)
        {
            if (slot == shooter || !WeaponFireSystem.IsAimable(entities.MaskOf(slot)))
                continue;
            Torus.Delta(from, PlaceAt(world, slot, delay), bounds, out var dx, out var dy);
            var along = (float)((float)(dx * directionX) + (float)(dy * directionY));
            var beside = (float)((float)(dx * directionY) - (float)(dy * directionX));

            // Slots come by ascending id: of equally near ones the first stays.
            if (!(along > 0 && along < first && MathF.Abs(beside) < Radius))
                continue;
            first = along;
            target = slot;
        }

        return target >= 0;
    }

    private static Transform PlaceAt(RoomWorld world, int slot, int delay)
    {
        var trails = world.Entities.Column(StandardComponents.PositionTrail);
        return delay > 0 && trails.Has(slot) && PositionTrail.TryGet(ref trails.Mutate(slot), world.Tick, delay, out var place)
            ? new Transform { X = place.X, Y = place.Y }
            : world.Entities.Column(StandardComponents.Transform)[slot];
    }
}
