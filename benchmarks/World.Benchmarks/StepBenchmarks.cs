// What a tick costs, and how that grows with the ships.
using BenchmarkDotNet.Attributes;

namespace Aetheris.World.Benchmarks;

/// <summary>One tick of a battlefield. Both allocate nothing.</summary>
[MemoryDiagnoser]
public class StepBenchmarks
{
    private const int TicksPerExtract = 60;

    private Battlefield _field = null!;

    /// <summary>Piloted ships in the room.</summary>
    [Params(100, 1000, 10000)]
    public int Ships { get; set; }

    /// <summary>Fills the room.</summary>
    [GlobalSetup]
    public void Setup() => _field = new Battlefield(Ships);

    /// <summary>Inputs and step; what changed is taken out only once in 60 ticks.</summary>
    [Benchmark]
    public void Step()
    {
        _field.StepOnce();
        if (_field.World.Tick % TicksPerExtract == 0)
            _field.World.Extract(_field.Changes);
    }

    /// <summary>Inputs, step and extraction: all that a tick asks of the world.</summary>
    [Benchmark]
    public void StepAndExtract()
    {
        _field.StepOnce();
        _field.World.Extract(_field.Changes);
    }
}
