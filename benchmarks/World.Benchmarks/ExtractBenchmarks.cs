// What it costs to find a few changes among many entities.
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Components;
using BenchmarkDotNet.Attributes;

namespace Aetheris.World.Benchmarks;

/// <summary>Extraction with 7 of 1,000 entities changed, the case of which the original publishes 323 µs.</summary>
[MemoryDiagnoser]
public class ExtractBenchmarks
{
    private const int Entities = 1000;
    private const int Changed = 7;

    private readonly ChangeSet _changes = new();
    private readonly int[] _slots = new int[Changed];
    private RoomWorld _world = null!;
    private float _speed;

    /// <summary>Fills the room.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _world = new RoomWorld(WorldDefinition.Standard, new RoomSettings());
        _world.BeginTick();
        _world.Apply(new Command { Kind = CommandKind.StressTest, Privileged = true, Count = Entities - 2, Rotate = true });
        _world.Step();
        _world.Extract(_changes);
        for (var i = 0; i < Changed; i++)
            _slots[i] = _world.Entities.Slots[3 + (i * Entities / (Changed + 1))];
    }

    /// <summary>Changes seven velocities and extracts.</summary>
    [Benchmark]
    public int SevenOfThousand()
    {
        var velocities = _world.Entities.Column(StandardComponents.Velocity);
        _speed = -1 - _speed;
        foreach (var slot in _slots)
            velocities.Set(slot, new Velocity { X = _speed });
        _world.Extract(_changes);
        return _changes.Entities.Count;
    }
}
