// Puts a silo with our grains into a host.
using Aetheris.Grains;
using Aetheris.Grains.Silos;
using Aetheris.Hosting.Cluster;
using Aetheris.Hosting.Operations;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Dashboard;

namespace Aetheris.Silo;

/// <summary>Registration of the silo's part, for Silo and Standalone.</summary>
public static class SiloHostExtensions
{
    /// <summary>Adds the cluster member and the rooms, sessions and directories it hosts.</summary>
    public static void AddAetherisSilo(this WebApplicationBuilder builder)
    {
        var storages = new Dictionary<string, TimeSpan?>(StringComparer.Ordinal)
        {
            [AetherisGrains.Storage] = null,
            [AetherisGrains.SignInStorage] = AetherisGrains.SignInStorageLife,
        };
        builder.UseAetherisSilo(storages, silo =>
        {
            silo.AddAetherisGrains(builder.Configuration);
            // What it would say line by line is in the log already.
            if (Dashboard.IsOn(builder.Configuration, builder.Environment))
                silo.AddDashboard(static options => options.HideTrace = true);
        });
        builder.Services.AddSiloUpkeep();
        builder.Services.AddHealthChecks()
            .AddCheck<SiloCheck>("silo", tags: [OperationsEndpoints.ReadyTag])
            .AddCheck<RoomStorageCheck>("rooms", tags: [OperationsEndpoints.ReadyTag]);
    }
}
