// Traces and metrics for an OpenTelemetry collector, where one is configured.
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Aetheris.Hosting.Operations;

/// <summary>
/// On only where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set; protocol, headers and time limits are OpenTelemetry's own variables. Without it
/// no exporter, no listener and no filter of grain calls exists.
/// </summary>
internal static class Tracing
{
    private const string EndpointVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string Sources = "Aetheris";

    /// <summary>Calls to grains, as Orleans sees them.</summary>
    private const string Calls = "Microsoft.Orleans.Application";

    /// <summary>Whether a collector is configured.</summary>
    public static bool IsOn(IConfiguration configuration) => !string.IsNullOrWhiteSpace(configuration[EndpointVariable]);

    public static void AddAetherisTracing(this IHostApplicationBuilder builder)
    {
        if (!IsOn(builder.Configuration))
            return;
        builder.Services.AddOpenTelemetry()
            .WithMetrics(metrics => metrics.AddOtlpExporter())
            .WithTracing(traces => traces
                .AddSource(Sources, Calls)
                .SetSampler(new ParentBasedSampler(new OwnRootsSampler()))
                .AddOtlpExporter());
    }

    /// <summary>Only what the game begins is a trace: the thousands of calls per second that belong to none are not.</summary>
    private sealed class OwnRootsSampler : Sampler
    {
        private const string Prefix = "aetheris.";

        public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) => new(
            samplingParameters.Name.StartsWith(Prefix, StringComparison.Ordinal) ? SamplingDecision.RecordAndSample : SamplingDecision.Drop);
    }
}
