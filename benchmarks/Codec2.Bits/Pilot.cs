// One steering hand.
namespace Aetheris.Codec2.Bits;

/// <summary>Draws the moves of one pilot.</summary>
internal sealed class Pilot(FlightStyle style, int index, int seed)
{
    private readonly Random _random = new((seed * 7919) + index);
    private int _left;
    private double _aimX;
    private double _aimY;
    private double _heading = 2 * Math.PI * ((index * 0.618) % 1);

    internal double X { get; private set; }

    internal double Y { get; private set; }

    internal void Next()
    {
        if (style == FlightStyle.Tenth && index % 10 != 0)
            return;
        if (--_left <= 0)
            Redraw();
        if (style != FlightStyle.Stick)
        {
            X = _aimX;
            Y = _aimY;
            return;
        }

        X = Math.Clamp(X + ((_aimX - X) * 0.15) + ((_random.NextDouble() - 0.5) * 0.04), -1, 1);
        Y = Math.Clamp(Y + ((_aimY - Y) * 0.15) + ((_random.NextDouble() - 0.5) * 0.04), -1, 1);
    }

    private void Redraw()
    {
        _left = style == FlightStyle.Bots ? _random.Next(6, 31) : _random.Next(5, 41);
        if (style == FlightStyle.Bots)
        {
            _heading += ((_random.NextDouble() * 2) - 1) * 1.5;
            _aimX = Math.Cos(_heading);
            _aimY = Math.Sin(_heading);
            return;
        }

        if (style == FlightStyle.Keyboard)
        {
            _aimX = _random.Next(3) - 1;
            _aimY = _random.Next(3) - 1;
            return;
        }

        var magnitude = _random.Next(3) switch { 0 => 0, 1 => 0.05 + (0.93 * _random.NextDouble()), _ => 0.98 };
        var angle = 2 * Math.PI * _random.NextDouble();
        _aimX = magnitude * Math.Cos(angle);
        _aimY = magnitude * Math.Sin(angle);
    }
}
