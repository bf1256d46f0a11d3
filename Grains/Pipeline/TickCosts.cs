// What the ticks of the last seconds cost, for listings.
namespace Aetheris.Grains.Pipeline;

/// <summary>Wall and CPU time of the last <see cref="Window"/> ticks.</summary>
public sealed class TickCosts
{
    /// <summary>Ticks looked back on: ten seconds at 60 Hz.</summary>
    public const int Window = 600;

    private readonly double[] _wall = new double[Window];
    private readonly double[] _cpu = new double[Window];
    private long _count;

    /// <summary>Notes a tick.</summary>
    /// <param name="wall">Wall time in seconds.</param>
    /// <param name="cpu">Thread CPU time in seconds.</param>
    public void Add(double wall, double cpu)
    {
        var index = _count++ % Window;
        _wall[index] = wall;
        _cpu[index] = cpu;
    }

    /// <summary>A quantile of the wall times in seconds; 0 before the first tick. Allocates.</summary>
    public double WallQuantile(double quantile) => Quantile(_wall, quantile);

    /// <summary>A quantile of the CPU times in seconds; 0 before the first tick. Allocates.</summary>
    public double CpuQuantile(double quantile) => Quantile(_cpu, quantile);

    private double Quantile(double[] values, double quantile)
    {
        var count = (int)Math.Min(_count, Window);
        if (count == 0)
            return 0;
        var sorted = values[..count];
        Array.Sort(sorted);
        return sorted[Math.Min(count - 1, (int)(quantile * count))];
    }
}
