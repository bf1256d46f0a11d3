// What it costs to save, load and hash a room.
using System.Buffers;
using Aetheris.Protocol.Binary;
using BenchmarkDotNet.Attributes;

namespace Aetheris.World.Benchmarks;

/// <summary>The whole state of a battlefield: as bytes, from bytes, and as a hash.</summary>
[MemoryDiagnoser]
public class SaveBenchmarks
{
    private readonly ByteWriter _bytes = new();
    private readonly ArrayBufferWriter<byte> _saved = new();
    private RoomWorld _world = null!;

    /// <summary>Piloted ships in the room.</summary>
    [Params(100, 1000)]
    public int Ships { get; set; }

    /// <summary>Fills the room.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _world = new Battlefield(Ships).World;
        _world.Save(_saved);
    }

    /// <summary>Into a reused buffer.</summary>
    [Benchmark]
    public int Save()
    {
        _bytes.Clear();
        _world.Save(_bytes);
        return _bytes.Length;
    }

    /// <summary>A new room from bytes.</summary>
    [Benchmark]
    public bool Load() => RoomWorld.TryLoad(WorldDefinition.Standard, _saved.WrittenSpan, out _, out _);

    /// <summary>The hash of everything that can influence the future.</summary>
    [Benchmark]
    public ulong StateHash() => _world.StateHash();

    /// <summary>The original's hash.</summary>
    [Benchmark]
    public ulong GoldenHash() => _world.GoldenHash();
}
