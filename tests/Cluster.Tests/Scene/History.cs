// The values that one component of one entity went through, as a client saw them.
using Aetheris.Protocol.Components;

namespace Aetheris.Cluster.Tests.Scene;

/// <summary>Each value once, with the first tick at which it was seen.</summary>
internal sealed class History<T>(Func<T, string> describe)
    where T : struct, IComponent<T>
{
    private const int Shown = 16;

    private readonly List<(ulong Tick, T Value)> _seen = [];

    public IReadOnlyList<(ulong Tick, T Value)> Seen => _seen;

    public bool IsEmpty => _seen.Count == 0;

    public T First => _seen[0].Value;

    public T Last => _seen[^1].Value;

    public void Add(ulong tick, in T value)
    {
        if (_seen.Count == 0 || !Last.BitsEqual(value))
            _seen.Add((tick, value));
    }

    /// <summary>The newest value seen at a tick or before.</summary>
    public bool TryGetAt(ulong tick, out T value)
    {
        value = default;
        var known = false;
        foreach (var (at, seen) in _seen)
        {
            if (at > tick)
                break;
            value = seen;
            known = true;
        }

        return known;
    }

    public override string ToString() =>
        IsEmpty ? "nothing" : (_seen.Count > Shown ? "… " : string.Empty) + string.Join(", ", _seen.TakeLast(Shown).Select(seen => $"{describe(seen.Value)} @{seen.Tick}"));
}
