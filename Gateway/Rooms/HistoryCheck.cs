// Tells operators when this gateway could no longer help a room to recover.
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aetheris.Gateway.Rooms;

/// <summary>Degraded, not unhealthy: taking the gateway away would cost its players and bring no history back.</summary>
internal sealed class HistoryCheck(RoomLinks rooms) : IHealthCheck
{
    /// <inheritdoc />
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(rooms.IsHistorySafe
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Degraded("the log kept for a room reached its bound (Aetheris:Gateway:RetentionBytes or 120 s): its history is no longer safe"));
}
