// Weapons fire. Source: WORLD_RULES §7.5, W-45 to W-48, W-D5, W-D7, W-D14; DESIGN §7; numbers in Combat and EntityTypes.
using System;
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Components;

namespace Aetheris.World;

/// <summary>
/// A ship by id fires one shot if its held input or an input applied in this tick says so (Fire or FirePrimary) and its cooldown is
/// over. It aims at the nearest other hull or asteroid nearer than 200 m (shortest image, the lowest id of equal ones), else along its
/// rotation; the projectile flies at 35 m/s from the end of the tick on. Choice and aim take the others' places at the tick that the
/// pilot was looking at, at most 12 ticks ago (lag compensation); flight and hits are in the present.
/// </summary>
public sealed class WeaponFireSystem : ISystem
{
    private const InputButtons Trigger = InputButtons.Fire | InputButtons.FirePrimary;

    private const int NotPulled = -1;

    /// <inheritdoc />
    public string Name => "WeaponFire";

    /// <inheritdoc />
    public uint Version => 1;

    /// <inheritdoc />
    public void Step(RoomWorld world)
    {
        var entities = world.Entities;
        var weapons = entities.Column(StandardComponents.Weapon);
        var pilots = entities.Column(StandardComponents.PilotInput);
        var armed = StandardComponents.Weapon.Bit | StandardComponents.Transform.Bit | StandardComponents.PilotInput.Bit;
        var next = 0;
        world.Combat.Shots.Clear();
        foreach (var slot in entities.Slots)
        {
            if ((entities.MaskOf(slot) & armed) != armed)
                continue;
            var delay = NotPulled;
            if ((pilots[slot].Held.Buttons & Trigger) != InputButtons.None)
                delay = pilots[slot].Held.ViewDelay;
            for (; next < world.AppliedInputs.Count && entities.IdOf(world.AppliedInputs[next].Slot) <= entities.IdOf(slot); next++)
            {
                var applied = world.AppliedInputs[next];
                if (applied.Slot == slot && (applied.Input.Buttons & Trigger) != InputButtons.None)
                    delay = (int)Math.Min(world.Tick - applied.Input.TargetTick, PositionTrail.Ticks) + applied.Input.ViewDelay;
            }

            if (delay == NotPulled || world.Tick < unchecked(weapons[slot].LastFiredTick + weapons[slot].CooldownTicks))
                continue;
            weapons.Set(slot, weapons[slot] with { LastFiredTick = world.Tick });
            Fire(world, slot, Math.Min(delay, PositionTrail.Ticks));
        }
    }

    internal static bool IsAimable(ulong mask) =>
        (mask & StandardComponents.Transform.Bit) != 0
        && (mask & (StandardComponents.HullPool.Bit | StandardComponents.AsteroidHp.Bit)) != 0;

    private static void Fire(RoomWorld world, int slot, int delay)
    {
        ref readonly var transform = ref world.Entities.Column(StandardComponents.Transform)[slot];
        float directionX = SoftMath.Cos(transform.Rotation), directionY = SoftMath.Sin(transform.Rotation);
        if (TryAim(world, slot, delay, out var dx, out var dy))
        {
            var distance = (float)MathF.Sqrt(Torus.LengthSquared(dx, dy));
            if (distance > Combat.MinAimDistance)
            {
                directionX = (float)(dx / distance);
                directionY = (float)(dy / distance);
            }
        }

        world.Combat.Shots.Add(new ShotRequest(
            transform.X,
            transform.Y,
            (float)(directionX * Combat.ProjectileSpeed),
            (float)(directionY * Combat.ProjectileSpeed),
            world.Entities.IdOf(slot).Value));
    }

    /// <summary>
    /// The vector to the target, if there is one. Looks at everything: shots are rare (at most one per ship and cooldown), the reach is most
    /// of the room, and places of the past are in no grid.
    /// </summary>
    private static bool TryAim(RoomWorld world, int slot, int delay, out float dx, out float dy)
    {
        var entities = world.Entities;
        var transforms = entities.Column(StandardComponents.Transform);
        var trails = entities.Column(StandardComponents.PositionTrail);
        var bounds = EntitySpawner.BoundsOf(world);
        var nearest = (float)(Combat.AimRange * Combat.AimRange);
        var found = false;
        dx = 0;
        dy = 0;
        foreach (var other in entities.Slots)
        {
            if (other == slot || !IsAimable(entities.MaskOf(other)))
                continue;
            Transform seen = transforms[other];
            if (delay > 0 && trails.Has(other) && PositionTrail.TryGet(ref trails.Mutate(other), world.Tick, delay, out var place))
            {
                seen.X = place.X;
                seen.Y = place.Y;
            }

            Torus.Delta(transforms[slot], seen, bounds, out var x, out var y);
            var squared = Torus.LengthSquared(x, y);
            if (!(squared < nearest))
                continue;
            nearest = squared;
            dx = x;
            dy = y;
            found = true;
        }

        return found;
    }
}
