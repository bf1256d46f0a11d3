// One tick of codec 2 at the gateway.
using Aetheris.Gateway.Replication.Codec2;
using BenchmarkDotNet.Attributes;

namespace Aetheris.Gateway.Benchmarks;

/// <summary>A room of moving ships; the mean over 60 ticks. The difference between two numbers of clients is what a client costs.</summary>
[MemoryDiagnoser]
[InProcess]
[WarmupCount(3)]
[IterationCount(8)]
[InvocationCount(1)]
public class ReplicatorBenchmarks
{
    private const int TicksPerOperation = 60;

    private Recording _recording = null!;
    private Playback _playback = null!;

    /// <summary>Ships, all steering.</summary>
    [Params(100)]
    public int Ships { get; set; }

    /// <summary>Clients.</summary>
    [Params(3, 100, 200)]
    public int Clients { get; set; }

    /// <summary>Records the room.</summary>
    [GlobalSetup]
    public void Record() => _recording = Recording.Of(Ships, moving: 1, ticks: 500);

    /// <summary>Lets everybody join.</summary>
    [IterationSetup]
    public void Join()
    {
        _playback = new Playback(_recording, Clients, [1, 2, 3], new Codec2Settings());
        _playback.Run(420);
    }

    /// <summary>Only takes the frames into the replica, as every other benchmark does too.</summary>
    [Benchmark(OperationsPerInvoke = TicksPerOperation, Baseline = true)]
    public void Replica()
    {
        for (var i = 0; i < TicksPerOperation; i++)
            _playback.Advance();
    }

    /// <summary>A frame and all that codec 2 does with it.</summary>
    [Benchmark(OperationsPerInvoke = TicksPerOperation)]
    public void Tick() => _playback.Run(TicksPerOperation);
}
