// How much a position's error says about the velocity's.
using Aetheris.Protocol.Codec2;

namespace Aetheris.Codec2.Bits;

/// <summary>Least squares per kind of record, size of the error and age.</summary>
internal sealed class GainFit
{
    private readonly double[,] _products = new double[6, 64];
    private readonly double[,] _squares = new double[6, 64];

    internal void Note(Codec2Schema schema, CellSnapshot now, CellSnapshot b, CellSnapshot b2)
    {
        var n = (int)(now.Tick - b.Tick);
        for (var i = 0; i < b.Count; i++)
        {
            var j = now.IndexOf(b.Slots[i]);
            var k = b2.IndexOf(b.Slots[i]);
            if (j < 0 || k < 0 || now.Types[j] != b.Types[i] || now.Generations[j] != b.Generations[i])
                continue;
            Note(schema, b.Motions[i], b2.Motions[k], (int)(b.Tick - b2.Tick), now.Motions[j], n, b.Types[i]);
        }
    }

    /// <summary>1/100.</summary>
    internal byte Gain(int row, int n) =>
        (byte)Math.Clamp((int)Math.Round(100 * _products[row, n] / Math.Max(1, _squares[row, n])), 0, 250);

    private void Note(Codec2Schema schema, in QuantizedMotion b, in QuantizedMotion second, int m, in QuantizedMotion now, int n, ushort type)
    {
        var table = schema.TableOf(type);
        long ax = (long)b.AX << 8, ay = (long)b.AY << 8;
        if (b.Analogue || now.Analogue)
        {
            ax = MotionPrediction.Thrust(table, second.VX, b.VX, m);
            ay = MotionPrediction.Thrust(table, second.VY, b.VY, m);
        }

        var kind = now.Analogue ? 2 : b.Analogue || now.AX != b.AX || now.AY != b.AY ? 1 : 0;
        var likely = kind == 1
            ? new MotionPrediction(table, b, n, ax, ay, Math.Min((int)now.ThrustAge, Math.Min(n, 14)), (long)now.AX << 8, (long)now.AY << 8)
            : new MotionPrediction(table, b, n, ax, ay);
        Note(kind, n, now.X - b.X - likely.WayX, now.VX - likely.SpeedX(0, 0), schema.TickRate);
        Note(kind, n, now.Y - b.Y - likely.WayY, now.VY - likely.SpeedY(0, 0), schema.TickRate);
    }

    private void Note(int kind, int n, int error, int speedError, int rate)
    {
        if (error is 0 or < -2000 or > 2000)
            return;
        var unit = error / 16.0 * rate / n;
        var row = (kind * 2) + (error is > -8 and < 8 ? 0 : 1);
        _products[row, n] += unit * speedError;
        _squares[row, n] += unit * unit;
    }
}
