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
        world.Buffers.Shots.Clear();
        world.Buffers.Fired.Clear();
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
                    delay = PositionTrail.DelayOf(world.Tick, applied.Input);
            }

            if (delay == NotPulled || world.Tick < unchecked(weapons[slot].LastFiredTick + weapons[slot].CooldownTicks))
                continue;
            weapons.Set(slot, weapons[slot] with { LastFiredTick = world.Tick });
            world.Buffers.Fired.Add(new FiredWeapon(slot, Math.Min(delay, PositionTrail.Ticks)));
            world.Buffers.Shots.Add(default);
        }

        for (var delay = 0; delay <= PositionTrail.Ticks; delay++)
            Aim(world, delay);
    }

    internal static bool IsAimable(ulong mask) =>
        (mask & StandardComponents.Transform.Bit) != 0
        && (mask & (StandardComponents.HullPool.Bit | StandardComponents.AsteroidHp.Bit)) != 0;

    /// <summary>Aims the shots of all pilots who saw what was so many ticks ago: those places are a grid of their own.</summary>
    private static void Aim(RoomWorld world, int delay)
    {
        var built = false;
        for (var i = 0; i < world.Buffers.Fired.Count; i++)
        {
            if (world.Buffers.Fired[i].Delay != delay)
                continue;
            if (!built)
                world.Buffers.Grid.Build(world, 0, StandardComponents.HullPool.Bit | StandardComponents.AsteroidHp.Bit, delay);
            built = true;
            world.Buffers.Shots[i] = Shoot(world, world.Buffers.Fired[i].Slot);
        }
    }

    private static ShotRequest Shoot(RoomWorld world, int slot)
    {
        ref readonly var transform = ref world.Entities.Column(StandardComponents.Transform)[slot];
        float directionX = SoftMath.Cos(transform.Rotation), directionY = SoftMath.Sin(transform.Rotation);
        if (world.Buffers.Grid.TryFindNearest(world.Entities, transform, slot, Combat.AimRange, out var target))
        {
            Torus.Delta(transform, new Transform { X = target.X, Y = target.Y }, EntitySpawner.BoundsOf(world), out var dx, out var dy);
            var distance = (float)MathF.Sqrt(Torus.LengthSquared(dx, dy));
            if (distance > Combat.MinAimDistance)
            {
                directionX = (float)(dx / distance);
                directionY = (float)(dy / distance);
            }
        }

        return new ShotRequest(
            transform.X,
            transform.Y,
            (float)(directionX * Combat.ProjectileSpeed),
            (float)(directionY * Combat.ProjectileSpeed),
            world.Entities.IdOf(slot).Value);
    }
}
