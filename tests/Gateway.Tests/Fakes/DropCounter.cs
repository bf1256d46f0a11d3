// Counts what a gateway drops.
using System.Diagnostics.Metrics;

namespace Aetheris.Gateway.Tests.Fakes;

internal sealed class DropCounter : IDisposable
{
    private readonly MeterListener _listener = new();

    public DropCounter(GatewayMetrics metrics)
    {
        _listener.SetMeasurementEventCallback<long>((_, count, _, _) => Count += count);
        _listener.EnableMeasurementEvents(metrics.EdgeDrops);
        _listener.Start();
    }

    /// <summary>Datagrams and messages so far.</summary>
    public long Count { get; private set; }

    public void Dispose() => _listener.Dispose();
}
