// A counter with one label of known values that shows up in /metrics before it first counts.
using System.Diagnostics.Metrics;

namespace Aetheris.Gateway;

/// <summary>
/// Totals by label value, each exported from 0 on. The values are fixed, so that nothing a client sends can add a series: what is not
/// among them counts as "other". Any thread.
/// </summary>
public sealed class LabelledCounter
{
    private const string Other = "other";

    private readonly Dictionary<string, int> _indexes = new(StringComparer.Ordinal);
    private readonly KeyValuePair<string, object?>[] _tags;
    private readonly long[] _totals;

    /// <summary>Registers the counter.</summary>
    public LabelledCounter(Meter meter, string name, string description, string label, IEnumerable<string> values)
    {
        var tags = new List<KeyValuePair<string, object?>>();
        foreach (var value in values.Append(Other))
        {
            if (_indexes.TryAdd(value, tags.Count))
                tags.Add(new KeyValuePair<string, object?>(label, value));
        }

        _tags = [.. tags];
        _totals = new long[_tags.Length];
        meter.CreateObservableCounter(name, Observe, description: description);
    }

    /// <summary>Counts one.</summary>
    public void Add(string value) =>
        Interlocked.Increment(ref _totals[_indexes.TryGetValue(value, out var index) ? index : _indexes[Other]]);

    /// <summary>Total of a value.</summary>
    public long this[string value] => Volatile.Read(ref _totals[_indexes[value]]);

    private Measurement<long>[] Observe()
    {
        var measurements = new Measurement<long>[_totals.Length];
        for (var i = 0; i < measurements.Length; i++)
            measurements[i] = new Measurement<long>(Volatile.Read(ref _totals[i]), _tags[i]);
        return measurements;
    }
}
