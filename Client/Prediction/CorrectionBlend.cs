// Hides corrections of the own ship: the picture starts where it was and moves to where it should be.
using System;
using Aetheris.Client.Quality;
using Aetheris.Client.View.Motion;

namespace Aetheris.Client.Prediction;

/// <summary>
/// The difference between what was shown and what is right decays by half every <see cref="HalfLifeMicros"/>; one larger than
/// <see cref="MaxMetres"/> (a respawn) is shown at once.
/// </summary>
public sealed class CorrectionBlend
{
    /// <summary>Time in which the difference halves.</summary>
    public const double HalfLifeMicros = 60_000;

    /// <summary>Largest difference that is hidden.</summary>
    public const double MaxMetres = 5;

    private const double MicrosPerMetre = 1_000_000;
    private const double Nothing = 1e-4;

    private long _last;
    private double _x;
    private double _y;
    private double _rotation;

    /// <summary>Corrections, in micrometres.</summary>
    public LatencyHistogram Corrections { get; } = new();

    /// <summary>How far from the prediction the ship was shown, per frame after a correction, in micrometres.</summary>
    public LatencyHistogram ShownErrors { get; } = new();

    /// <summary>Distance still hidden, metres.</summary>
    public double Error => Math.Sqrt((_x * _x) + (_y * _y));

    internal double X => _x;

    internal double Y => _y;

    internal double Rotation => _rotation;

    /// <summary>The prediction moved by this much under the picture.</summary>
    internal void Add(double dx, double dy, double rotation)
    {
        Corrections.Record((long)(Math.Sqrt((dx * dx) + (dy * dy)) * MicrosPerMetre));
        _x += dx;
        _y += dy;
        _rotation = MotionTrail.Angle(_rotation + rotation);
        if (Error > MaxMetres)
            Clear();
    }

    /// <summary>Advances; once per frame.</summary>
    internal void Advance(long nowMicros)
    {
        var elapsed = Math.Max(0, nowMicros - _last);
        _last = nowMicros;
        if (_x == 0 && _y == 0 && _rotation == 0)
            return;
        var left = Math.Pow(0.5, elapsed / HalfLifeMicros);
        _x *= left;
        _y *= left;
        _rotation *= left;
        if (Error < Nothing && Math.Abs(_rotation) < Nothing)
            Clear();
        else
            ShownErrors.Record((long)(Error * MicrosPerMetre));
    }

    internal void Clear() => (_x, _y, _rotation) = (0, 0, 0);
}
