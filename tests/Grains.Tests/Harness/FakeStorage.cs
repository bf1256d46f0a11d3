// A grain storage in memory that outlives silos and fails when it is told to.
using System.Collections.Concurrent;
using Orleans.Storage;

namespace Aetheris.Grains.Tests.Harness;

public sealed class FakeStorage : IGrainStorage
{
    private readonly ConcurrentDictionary<(string Name, GrainId Id), (object State, string Tag)> _objects = new();
    private int _tag;

    /// <summary>Whether every call fails.</summary>
    public bool IsAway { get; set; }

    /// <summary>While set, calls wait for it.</summary>
    public Task? Stall { get; set; }

    /// <summary>Writes that were taken.</summary>
    public int Writes { get; private set; }

    /// <summary>What is stored under a name, for any grain; null when nothing is.</summary>
    public T? Get<T>(string name)
        where T : class => _objects.FirstOrDefault(entry => entry.Key.Name == name && entry.Value.State is T).Value.State as T;

    /// <summary>Loses everything, as a server that comes back empty.</summary>
    public void Clear() => _objects.Clear();

    /// <summary>Changes what is stored behind everybody's back: the tag changes, too.</summary>
    public void Overwrite<T>(string name, Func<T, T> change)
        where T : class
    {
        foreach (var (key, value) in _objects)
        {
            if (key.Name == name && value.State is T state)
                _objects[key] = (change(state), NextTag());
        }
    }

    /// <summary>Changes what is stored and keeps its tag.</summary>
    public void Corrupt<T>(string name, Func<T, T> change)
        where T : class
    {
        foreach (var (key, value) in _objects)
        {
            if (key.Name == name && value.State is T state)
                _objects[key] = (change(state), value.Tag);
        }
    }

    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await EnterAsync();
        if (_objects.TryGetValue((stateName, grainId), out var stored))
        {
            grainState.State = (T)stored.State;
            grainState.ETag = stored.Tag;
            grainState.RecordExists = true;
        }
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await EnterAsync();
        var key = (stateName, grainId);
        var tag = NextTag();
        var exists = _objects.TryGetValue(key, out var stored);
        var done = exists
            ? stored.Tag == grainState.ETag && _objects.TryUpdate(key, (grainState.State!, tag), stored)
            : grainState.ETag is null && _objects.TryAdd(key, (grainState.State!, tag));
        if (!done)
            throw new InconsistentStateException("another version is stored");
        grainState.ETag = tag;
        grainState.RecordExists = true;
        Writes++;
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await EnterAsync();
        _objects.TryRemove((stateName, grainId), out _);
        grainState.ETag = null;
        grainState.RecordExists = false;
    }

    private async Task EnterAsync()
    {
        if (Stall is { } stall)
            await stall;
        if (IsAway)
            throw new IOException("storage is away");
    }

    private string NextTag() => Interlocked.Increment(ref _tag).ToString(System.Globalization.CultureInfo.InvariantCulture);
}
