// Follows one entity at the gateway from tick to tick and infers its thrust.
using System;

namespace Aetheris.Protocol.Codec2;

/// <summary>
/// The thrust of a tick is what its velocity needs: a = (v·(1 + drag/rate) − v before)·rate, to the nearest m/s² and kept while within 0.75 of the last one.
/// Thrust that changed in at least 3 of the last 8 ticks makes the motion analogue. A value type: one per slot; default = nothing known.
/// </summary>
public struct MotionTrack
{
    private const float Hysteresis = 0.75f;
    private const int MaxThrust = 127;
    private const int AnalogueChanges = 3;

    private ulong _tick;
    private float _vx;
    private float _vy;
    private sbyte _ax;
    private sbyte _ay;
    private byte _age;
    private byte _changes;

    /// <summary>Takes the exact state of the next tick; after a gap, or when the entity is new, thrust counts as unchanged until the tick after.</summary>
    /// <param name="quantizer">Of the room.</param>
    /// <param name="type">Entity type.</param>
    /// <param name="tick">The tick.</param>
    /// <param name="x">Metres.</param>
    /// <param name="y">Metres.</param>
    /// <param name="vx">m/s.</param>
    /// <param name="vy">m/s.</param>
    /// <param name="rotation">Radians.</param>
    public QuantizedMotion Next(MotionQuantizer quantizer, ushort type, ulong tick, float x, float y, float vx, float vy, float rotation)
    {
        var motion = quantizer.Quantize(x, y, vx, vy, rotation);
        var follows = _age != 0 && tick == _tick + 1;
        if (_age == 0)
            _age = byte.MaxValue;
        _tick = tick;
        if (!follows || (vx == 0 && vy == 0 && _vx == 0 && _vy == 0))
            Note(follows ? (sbyte)0 : _ax, follows ? (sbyte)0 : _ay);
        else
            Infer(quantizer.Schema, type, vx, vy);
        _vx = vx;
        _vy = vy;
        motion.Analogue = BitCount(_changes) >= AnalogueChanges;
        motion.AX = motion.Analogue ? (sbyte)0 : _ax;
        motion.AY = motion.Analogue ? (sbyte)0 : _ay;
        motion.ThrustAge = _age;
        return motion;
    }

    private void Infer(Codec2Schema schema, ushort type, float vx, float vy)
    {
        var drag = schema.TryGetType(type, out var known) ? 1 + (known.DragThousandths / (1000f * schema.TickRate)) : 1;
        Note(Round(((vx * drag) - _vx) * schema.TickRate, _ax), Round(((vy * drag) - _vy) * schema.TickRate, _ay));
    }

    private void Note(sbyte ax, sbyte ay)
    {
        var changed = ax != _ax || ay != _ay;
        _ax = ax;
        _ay = ay;
        _age = changed ? (byte)1 : _age == byte.MaxValue ? _age : (byte)(_age + 1);
        _changes = (byte)((_changes << 1) | (changed ? 1 : 0));
    }

    private static sbyte Round(float thrust, sbyte last)
    {
        if (Math.Abs(thrust - last) <= Hysteresis)
            return last;
        if (thrust is > -MaxThrust and < MaxThrust)
            return (sbyte)Math.Floor(thrust + 0.5f);
        return thrust > 0 ? (sbyte)MaxThrust : thrust < 0 ? (sbyte)-MaxThrust : (sbyte)0;
    }

    private static int BitCount(int value)
    {
        var count = 0;
        for (; value != 0; value &= value - 1)
            count++;
        return count;
    }
}
