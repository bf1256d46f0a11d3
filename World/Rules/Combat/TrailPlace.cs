// One place of a trail.
namespace Aetheris.World;

/// <summary>A place, metres.</summary>
public readonly struct TrailPlace
{
    /// <summary>Creates a place.</summary>
    public TrailPlace(float x, float y)
    {
        X = x;
        Y = y;
    }

    /// <summary>Metres.</summary>
    public float X { get; }

    /// <summary>Metres.</summary>
    public float Y { get; }
}
