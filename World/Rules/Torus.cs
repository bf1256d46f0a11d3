// Distances in a room whose edges meet. Source: DESIGN §7 (wrapped delta), W-D14.
using Aetheris.Protocol.Components;

namespace Aetheris.World;

/// <summary>Differences of places by the shortest image, in binary32; the edge between two images belongs to the positive side.</summary>
public static class Torus
{
    /// <summary>to − from on one axis of the given length, metres.</summary>
    public static float Delta(float from, float to, float length)
    {
        var d = (float)(to - from);
        if (!(length > 0))
            return d;
        var half = (float)(length / 2f);
        if (d > half)
            d = (float)(d - length);
        if (d < -half)
            d = (float)(d + length);
        return d;
    }

    /// <summary>Vector from one place to another, metres.</summary>
    public static void Delta(in Transform from, in Transform to, in RoomBounds bounds, out float dx, out float dy)
    {
        dx = Delta(from.X, to.X, (float)(bounds.MaxX - bounds.MinX));
        dy = Delta(from.Y, to.Y, (float)(bounds.MaxY - bounds.MinY));
    }

    /// <summary>Square of the distance between two places, m².</summary>
    public static float DistanceSquared(in Transform from, in Transform to, in RoomBounds bounds)
    {
        Delta(from, to, bounds, out var dx, out var dy);
        return LengthSquared(dx, dy);
    }

    /// <summary>x² + y², each step rounded.</summary>
    public static float LengthSquared(float x, float y) => (float)((float)(x * x) + (float)(y * y));

    /// <summary>A coordinate brought into its bounds, but only if it lies outside: the arithmetic of the wrap rounds (W-D27).</summary>
    public static float WrapOutside(float value, float min, float max) =>
        value < min || value > max ? ShipMotion.Wrap(value, min, max) : value;
}
