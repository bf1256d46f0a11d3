// Tells operators that rooms cannot be stored although the store may answer.
using System.Globalization;
using Aetheris.Grains.Storage;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aetheris.Silo;

/// <summary>Degraded: a store that is full or read-only answers, and takes nothing. Rooms play on, their history is with the gateways.</summary>
internal sealed class RoomStorageCheck(StorageHealth storage, TimeProvider time) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(storage.FailingSince is { } since
            ? HealthCheckResult.Degraded(string.Create(
                CultureInfo.InvariantCulture, $"rooms have not been stored for {(int)(time.GetUtcNow() - since).TotalSeconds} s: what happens now is kept by gateways only"))
            : HealthCheckResult.Healthy());
}
