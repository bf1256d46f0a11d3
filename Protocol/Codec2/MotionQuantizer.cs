// Between a room's floats and codec 2's integers.
using System;

namespace Aetheris.Protocol.Codec2;

/// <summary>
/// Rounds to the nearest step. Bounds of what comes back: position ± 1/512 m per axis (on the torus), velocity ± 1/32 m/s up to 2,047 m/s (faster saturates there),
/// rotation ± π/1024 as an angle (a room may keep another number of turns), each plus the rounding of one float. What is not finite becomes 0.
/// </summary>
public sealed class MotionQuantizer
{
    private const double PositionSteps = 256;
    private const double VelocitySteps = 16;
    private const double RotationSteps = 1024 / (2 * Math.PI);
    private const int MaxVelocity = 2047 * 16;

    private readonly double _minX;
    private readonly double _minY;
    private readonly int _sizeX;
    private readonly int _sizeY;

    /// <summary>Creates a quantizer for a room.</summary>
    public MotionQuantizer(Codec2Schema schema)
    {
        Schema = schema;
        _minX = schema.MinX;
        _minY = schema.MinY;
        _sizeX = schema.SizeX;
        _sizeY = schema.SizeY;
    }

    /// <summary>The room.</summary>
    public Codec2Schema Schema { get; }

    /// <summary>A motion without thrust.</summary>
    public QuantizedMotion Quantize(float x, float y, float vx, float vy, float rotation) => new()
    {
        X = Place(x, _minX, _sizeX),
        Y = Place(y, _minY, _sizeY),
        VX = Speed(vx),
        VY = Speed(vy),
        R = Turn(rotation),
        ThrustAge = byte.MaxValue,
    };

    /// <summary>The floats that a client shows.</summary>
    /// <param name="motion">Canonical.</param>
    /// <param name="x">Metres, from the room's smaller x up to but without the larger one.</param>
    /// <param name="y">Metres.</param>
    /// <param name="vx">m/s.</param>
    /// <param name="vy">m/s.</param>
    /// <param name="rotation">Radians, −π … π.</param>
    public void Restore(in QuantizedMotion motion, out float x, out float y, out float vx, out float vy, out float rotation)
    {
        x = (float)(_minX + (motion.X / PositionSteps));
        y = (float)(_minY + (motion.Y / PositionSteps));
        vx = (float)(motion.VX / VelocitySteps);
        vy = (float)(motion.VY / VelocitySteps);
        rotation = (float)((motion.R < 512 ? motion.R : motion.R - 1024) / RotationSteps);
    }

    private static int Place(float value, double min, int size)
    {
        var steps = Math.Floor(((value - min) * PositionSteps) + 0.5);
        if (!(steps >= 0 && steps < size))
        {
            steps -= Math.Floor(steps / size) * size;
            if (!(steps >= 0 && steps < size))
                return 0;
        }

        return (int)steps;
    }

    private static short Speed(float value)
    {
        var steps = Math.Floor((value * VelocitySteps) + 0.5);
        if (steps > MaxVelocity)
            return MaxVelocity;
        if (steps < -MaxVelocity)
            return -MaxVelocity;
        return double.IsNaN(steps) ? (short)0 : (short)steps;
    }

    private static ushort Turn(float radians)
    {
        var steps = Math.Floor((radians * RotationSteps) + 0.5);
        return steps is > -1e9 and < 1e9 ? (ushort)((int)steps & 1023) : (ushort)0;
    }
}
