// What operators and orchestrators ask of every process.
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace Aetheris.Hosting.Operations;

/// <summary><c>/healthz</c>, <c>/readyz</c> and <c>/metrics</c>.</summary>
public static class OperationsEndpoints
{
    /// <summary>Health checks with this tag decide <c>/readyz</c>.</summary>
    public const string ReadyTag = "ready";

    internal static void AddAetherisOperations(this IHostApplicationBuilder builder, ProcessRole role)
    {
        builder.Services.AddHealthChecks();
        builder.Services.AddHostedService<ProcessMetrics>();
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("aetheris-" + role.ToString().ToLowerInvariant()))
            .WithMetrics(metrics => metrics
            .AddMeter("Aetheris.*")
            // Instruments are named as the contract names them: the exporter adds no suffix.
            .AddPrometheusExporter(exporter => exporter.DisableTotalNameSuffixForCounters = true));
        builder.AddAetherisTracing();
    }

    internal static void MapAetherisOperations(this WebApplication app)
    {
        app.MapHealthChecks("/healthz", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = WriteAsync });
        app.MapHealthChecks("/readyz", new HealthCheckOptions { Predicate = check => check.Tags.Contains(ReadyTag), ResponseWriter = WriteAsync });
        app.MapPrometheusScrapingEndpoint("/metrics");
    }

    // Names of failed checks and their descriptions; exceptions stay in the process.
    private static Task WriteAsync(HttpContext context, HealthReport report)
    {
        context.Response.ContentType = "text/plain; charset=utf-8";
        var failed = report.Entries.Where(entry => entry.Value.Status != HealthStatus.Healthy).Select(entry => $"\n{entry.Key}: {entry.Value.Description}");
        return context.Response.WriteAsync(report.Status + string.Concat(failed) + "\n", context.RequestAborted);
    }
}
