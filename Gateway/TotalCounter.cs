// A counter that shows up in /metrics before it first counts.
using System.Diagnostics.Metrics;

namespace Aetheris.Gateway;

/// <summary>A total without labels that is exported from 0 on, so that a dashboard or an alert finds its name on a quiet gateway.</summary>
public sealed class TotalCounter
{
    private long _total;

    /// <summary>Registers the counter.</summary>
    public TotalCounter(Meter meter, string name, string description) =>
        meter.CreateObservableCounter(name, () => Volatile.Read(ref _total), description: description);

    /// <summary>The total.</summary>
    public long Value => Volatile.Read(ref _total);

    /// <summary>Counts.</summary>
    public void Add(long count) => Interlocked.Add(ref _total, count);
}
