// Memory of the process, under the seed's metric names.
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;

namespace Aetheris.Hosting.Operations;

/// <summary>Gauges that are read when somebody scrapes. Source: TICK_PIPELINE §4.</summary>
internal sealed class ProcessMetrics : IHostedService
{
    public ProcessMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("Aetheris.Hosting");
        meter.CreateObservableGauge("aetheris_memory_allocated_bytes", () => GC.GetTotalMemory(forceFullCollection: false), description: "Bytes in the managed heap.");
        meter.CreateObservableGauge("aetheris_memory_resident_bytes", () => Environment.WorkingSet, description: "Physical memory of the process in bytes.");
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
