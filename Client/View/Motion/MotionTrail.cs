// The received motion of all entities in the last ticks, and what lies between and after.
using System;
using Aetheris.Protocol.Components;

namespace Aetheris.Client.View.Motion;

/// <summary>
/// By view slot: the last <see cref="Depth"/> samples. Between two samples a cubic through places and velocities; after the last one its
/// motion with the last acceleration, faded out after <see cref="MaxExtrapolationTicks"/>. A sample that contradicts what was shown moves
/// the picture over <see cref="BlendTicks"/> instead of at once.
/// </summary>
internal sealed class MotionTrail
{
    /// <summary>Samples kept per entity.</summary>
    public const int Depth = 16;

    /// <summary>Ticks after the last sample at which an entity stands still.</summary>
    public const double MaxExtrapolationTicks = 8;

    private const double BlendTicks = 6;
    private const double MaxBlendMetres = 8;

    // Samples further apart are not two ends of one movement: something rested, or was out of sight.
    private const int MaxSpanTicks = 8;

    private MotionSample[] _samples = new MotionSample[ClientView.InitialCapacity * Depth];
    private int[] _counts = new int[ClientView.InitialCapacity];
    private Blend[] _blends = new Blend[ClientView.InitialCapacity];

    /// <summary>Tick that is shown, for blending; set once per frame.</summary>
    public double ShownTick { get; set; }

    /// <summary>Ticks per second.</summary>
    public int TickRate { get; set; } = 60;

    /// <summary>Sides of the room's torus in metres; 0 = plane.</summary>
    public float SizeX { get; set; }

    /// <summary>Sides of the room's torus in metres; 0 = plane.</summary>
    public float SizeY { get; set; }

    /// <summary>Makes room.</summary>
    public void Grow(int capacity)
    {
        Array.Resize(ref _samples, capacity * Depth);
        Array.Resize(ref _counts, capacity);
        Array.Resize(ref _blends, capacity);
    }

    /// <summary>A slot is given to another entity.</summary>
    public void Clear(int slot)
    {
        _counts[slot] = 0;
        _blends[slot] = default;
    }

    /// <summary>A state was received. Older ones than the newest are ignored, one of the same tick replaces it.</summary>
    public void Add(int slot, ulong tick, in Transform place, in Velocity velocity)
    {
        var count = _counts[slot];
        var sample = new MotionSample { Tick = tick, X = place.X, Y = place.Y, VX = velocity.X, VY = velocity.Y, Rotation = place.Rotation };
        if (count > 0)
        {
            ref var last = ref At(slot, count - 1);
            if (tick < last.Tick)
                return;
            if (tick == last.Tick)
            {
                last = sample;
                return;
            }
        }

        // Something was made up for the shown tick: the picture starts from there.
        var wasMadeUp = count > 0 && ShownTick > At(slot, count - 1).Tick;
        RenderedMotion before = default;
        if (wasMadeUp)
            TryGet(slot, ShownTick, out before);
        if (count == Depth)
        {
            Array.Copy(_samples, (slot * Depth) + 1, _samples, slot * Depth, Depth - 1);
            count--;
        }

        _counts[slot] = count + 1;
        At(slot, count) = sample;
        if (!wasMadeUp)
            return;
        _blends[slot] = default;
        if (!TryGet(slot, ShownTick, out var after))
            return;
        var (dx, dy) = (Shortest(before.X - after.X, SizeX), Shortest(before.Y - after.Y, SizeY));
        if ((dx * dx) + (dy * dy) <= MaxBlendMetres * MaxBlendMetres)
            _blends[slot] = new Blend { From = ShownTick, X = dx, Y = dy, Rotation = Angle(before.Rotation - after.Rotation) };
    }

    /// <summary>Where the entity of a slot is at a tick; false if nothing was received.</summary>
    public bool TryGet(int slot, double tick, out RenderedMotion motion)
    {
        motion = default;
        var count = _counts[slot];
        if (count == 0)
            return false;
        ref readonly var blend = ref _blends[slot];
        var weight = blend.From > 0 ? Math.Max(0, 1 - ((tick - blend.From) / BlendTicks)) : 0;
        weight = Math.Min(1, weight);
        var next = count;
        while (next > 0 && At(slot, next - 1).Tick > tick)
            next--;
        var isExtrapolated = next == count && tick > At(slot, count - 1).Tick;
        double x, y, rotation;
        if (next == 0)
            (x, y, rotation) = (At(slot, 0).X, At(slot, 0).Y, At(slot, 0).Rotation);
        else if (next == count)
            Extrapolate(slot, count, tick, out x, out y, out rotation);
        else
            Interpolate(At(slot, next - 1), At(slot, next), tick, out x, out y, out rotation);
        motion = new RenderedMotion(
            Wrap(x + (blend.X * weight), SizeX), Wrap(y + (blend.Y * weight), SizeY), (float)Angle(rotation + (blend.Rotation * weight)), isExtrapolated);
        return true;
    }

    /// <summary>The shortest of the distances on a ring.</summary>
    internal static double Shortest(double distance, double size) => size > 0 ? distance - (size * Math.Floor((distance / size) + 0.5)) : distance;

    /// <summary>An angle within −π … π.</summary>
    internal static double Angle(double radians) => Shortest(radians, 2 * Math.PI);

    /// <summary>Back into a room around 0.</summary>
    internal static float Wrap(double value, double size) => (float)Shortest(value, size);

    private ref MotionSample At(int slot, int index) => ref _samples[(slot * Depth) + index];

    private void Interpolate(in MotionSample a, in MotionSample b, double tick, out double x, out double y, out double rotation)
    {
        double from = b.Tick - a.Tick > MaxSpanTicks ? b.Tick - (a.VX == 0 && a.VY == 0 ? 1ul : MaxSpanTicks) : a.Tick;
        var span = b.Tick - from;
        var t = Math.Max(0, Math.Min(1, (tick - from) / span));
        var seconds = span / TickRate;
        var (dx, dy) = (Shortest(b.X - a.X, SizeX), Shortest(b.Y - a.Y, SizeY));
        var reach = (Math.Max(Math.Abs(a.VX), Math.Abs(b.VX)) + Math.Max(Math.Abs(a.VY), Math.Abs(b.VY))) * seconds;
        if ((dx * dx) + (dy * dy) > 4 * (reach + 2) * (reach + 2))
        {
            // A teleport is not flown.
            (x, y, rotation) = t < 1 ? (a.X, a.Y, a.Rotation) : ((double)b.X, (double)b.Y, (double)b.Rotation);
            return;
        }

        x = a.X + Cubic(dx, a.VX * seconds, b.VX * seconds, t);
        y = a.Y + Cubic(dy, a.VY * seconds, b.VY * seconds, t);
        rotation = a.Rotation + (Angle(b.Rotation - a.Rotation) * t);
    }

    /// <summary>From 0 to a distance with given slopes at both ends (Hermite).</summary>
    private static double Cubic(double distance, double slope0, double slope1, double t)
    {
        var (t2, t3) = (t * t, t * t * t);
        return ((t3 - (2 * t2) + t) * slope0) + ((3 * t2 - (2 * t3)) * distance) + ((t3 - t2) * slope1);
    }

    private void Extrapolate(int slot, int count, double tick, out double x, out double y, out double rotation)
    {
        ref readonly var last = ref At(slot, count - 1);
        var n = Math.Min(MaxExtrapolationTicks, tick - last.Tick);
        var dt = 1.0 / TickRate;

        // Speed fades linearly to nothing: these are the integrals of it and of it times time.
        var way = (n - (n * n / (2 * MaxExtrapolationTicks))) * dt;
        var gained = ((n * n / 2) - (n * n * n / (3 * MaxExtrapolationTicks))) * dt;
        double ax = 0, ay = 0;
        if (count > 1 && last.Tick - At(slot, count - 2).Tick <= MaxSpanTicks)
        {
            ref readonly var before = ref At(slot, count - 2);
            double ticks = last.Tick - before.Tick;
            (ax, ay) = ((last.VX - before.VX) / ticks, (last.VY - before.VY) / ticks);
        }

        x = last.X + (last.VX * way) + (ax * gained);
        y = last.Y + (last.VY * way) + (ay * gained);
        rotation = last.Rotation;
    }

    private struct Blend
    {
        public double From;
        public double X;
        public double Y;
        public double Rotation;
    }
}
