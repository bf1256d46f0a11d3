// Puts a silo with our grains into a host.
using Aetheris.Grains;
using Aetheris.Hosting.Cluster;
using Microsoft.AspNetCore.Builder;

namespace Aetheris.Silo;

/// <summary>Registration of the silo's part, for Silo and Standalone.</summary>
public static class SiloHostExtensions
{
    /// <summary>Adds the cluster member and the rooms, sessions and directories it hosts.</summary>
    public static void AddAetherisSilo(this WebApplicationBuilder builder) =>
        builder.UseAetherisSilo(AetherisGrains.Storage, silo => silo.AddAetherisGrains(builder.Configuration));
}
