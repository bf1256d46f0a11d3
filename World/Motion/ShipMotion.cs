// How one ship moves in one tick: shared by the room, the client's prediction and codec 2's predictor.
using System;
using Aetheris.Protocol.Components;

namespace Aetheris.World;

/// <summary>
/// The motion rules as pure functions (WORLD_RULES §7.1, §7.2, §7.8). All arithmetic is binary32, every operation rounded, none
/// fused: the casts stand where a compiler may keep more precision.
/// </summary>
public static class ShipMotion
{
    private const float Pi = 3.14159274f;
    private const float TwoPi = 6.28318548f;
    private const float RadiansPerDegree = 0.017453292f;
    private const float Epsilon = 1.1920929e-7f;

    /// <summary>Square of the speed above which a ship turns towards its course, m²/s².</summary>
    private const float MinTurnSpeedSquared = 0.01f;

    /// <summary>Everything that motion does to one ship in one tick: unit disc, steps a–k, wrap, z clamp.</summary>
    /// <param name="transform">Position and rotation, updated.</param>
    /// <param name="velocity">Velocity, updated.</param>
    /// <param name="body">Its body.</param>
    /// <param name="moveX">Thrust along x as sent; finite.</param>
    /// <param name="moveY">Thrust along y as sent; finite.</param>
    /// <param name="ore">Ore in the hold.</param>
    /// <param name="bounds">The room's torus.</param>
    /// <param name="dt">Seconds per tick.</param>
    public static void Tick(
        ref Transform transform, ref Velocity velocity, in PhysicsBody body, float moveX, float moveY, int ore, in RoomBounds bounds, float dt)
    {
        ScaleToUnitDisc(ref moveX, ref moveY);
        Step(ref transform, ref velocity, body, moveX, moveY, ore, dt);
        Wrap(ref transform, bounds);
        ClampZ(ref transform, ref velocity);
    }

    /// <summary>A move longer than 1 becomes 1 long (DESIGN §7).</summary>
    public static void ScaleToUnitDisc(ref float x, ref float y)
    {
        var n = (float)MathF.Sqrt((float)((float)(x * x) + (float)(y * y)));
        if (!(n > 1f))
            return;
        if (float.IsInfinity(n))
        {
            // The square of a huge move overflows: it is made comparable first.
            x = (float)(x * 1e-30f);
            y = (float)(y * 1e-30f);
            n = (float)MathF.Sqrt((float)((float)(x * x) + (float)(y * y)));
        }

        x = (float)(x / n);
        y = (float)(y / n);
    }

    /// <summary>Steps a–k of §7.1: thrust, drag, speed limit, position, turn.</summary>
    public static void Step(ref Transform transform, ref Velocity velocity, in PhysicsBody body, float moveX, float moveY, int ore, float dt)
    {
        var mass = (float)(body.BaseMass + (float)((float)ore * body.MassPerOre));
        var thrust = (float)(body.ThrustForce / mass);
        var vx = (float)(velocity.X + (float)((float)(moveX * thrust) * dt));
        var vy = (float)(velocity.Y + (float)((float)(moveY * thrust) * dt));

        var k = (float)(1f / (float)(1f + (float)(body.Drag * dt)));
        vx = (float)(vx * k);
        vy = (float)(vy * k);

        var speed = (float)MathF.Sqrt((float)((float)(vx * vx) + (float)(vy * vy)));
        if (speed > body.MaxVelocity && speed > Epsilon)
        {
            var r = (float)(body.MaxVelocity / speed);
            vx = (float)(vx * r);
            vy = (float)(vy * r);
        }

        velocity.X = vx;
        velocity.Y = vy;
        transform.X = (float)(transform.X + (float)(vx * dt));
        transform.Y = (float)(transform.Y + (float)(vy * dt));

        if ((float)((float)(vx * vx) + (float)(vy * vy)) > MinTurnSpeedSquared)
            transform.Rotation = Turn(transform.Rotation, SoftMath.Atan2(vy, vx), body.TurnRate, dt);
    }

    /// <summary>The torus of §7.2, on every tick: also inside the bounds it rounds the position to their grid (W-31).</summary>
    public static void Wrap(ref Transform transform, in RoomBounds bounds)
    {
        transform.X = Wrap(transform.X, bounds.MinX, bounds.MaxX);
        transform.Y = Wrap(transform.Y, bounds.MinY, bounds.MaxY);
    }

    /// <summary>One axis of the torus.</summary>
    public static float Wrap(float value, float min, float max)
    {
        var size = (float)(max - min);
        if (!(size > 0))
            return value;
        var remainder = (float)((float)(value - min) % size);
        if (remainder < 0)
            remainder = (float)(remainder + size);
        return (float)(remainder + min);
    }

    /// <summary>W-63: rooms are flat.</summary>
    public static void ClampZ(ref Transform transform, ref Velocity velocity)
    {
        if (MathF.Abs(transform.Z) > Epsilon)
            transform.Z = 0;
        if (MathF.Abs(velocity.Z) > Epsilon)
            velocity.Z = 0;
    }

    /// <summary>A rotation in −π … π that means the same; the spawn command's guard (W-D3).</summary>
    public static float NormalizeRotation(float rotation) => MathF.IEEERemainder(rotation, TwoPi);

    /// <summary>Steps i–k. The rotation is kept within a turn, so that the loops end at once whatever its history.</summary>
    private static float Turn(float rotation, float target, float turnRate, float dt)
    {
        var d = (float)(target - rotation);
        if (!(MathF.Abs(d) <= 8 * TwoPi))
            d = MathF.IEEERemainder(d, TwoPi);
        while (d > Pi)
            d = (float)(d - TwoPi);
        while (d < -Pi)
            d = (float)(d + TwoPi);

        var step = (float)((float)(turnRate * RadiansPerDegree) * dt);
        if (MathF.Abs(d) < step)
            return target;
        if (float.IsNaN(d))
            return rotation;
        var turned = (float)(rotation + (float)((BitConverter.SingleToInt32Bits(d) < 0 ? -1f : 1f) * step));
        return MathF.Abs(turned) > TwoPi ? MathF.IEEERemainder(turned, TwoPi) : turned;
    }
}
