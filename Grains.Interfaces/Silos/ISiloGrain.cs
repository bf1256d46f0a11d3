// One silo of the cluster, as other processes ask it about itself.
using Aetheris.Grains.Interfaces.Directory;
using Orleans.Concurrency;

namespace Aetheris.Grains.Interfaces.Silos;

/// <summary>
/// Keyed by SiloName and placed on the silo of that name: a call reaches that very silo, or fails when it is not a member. Calls interleave.
/// </summary>
[Alias("aetheris.silo")]
public interface ISiloGrain : IGrainWithStringKey
{
    /// <summary>The silo as it sees itself.</summary>
    [Alias("status"), AlwaysInterleave]
    Task<SiloReport> GetReportAsync();

    /// <summary>Begins to drain the silo, for good: it takes no new rooms and moves its rooms away. Its report shows how far it is.</summary>
    [Alias("drain"), AlwaysInterleave]
    Task<SiloReport> DrainAsync();

    /// <summary>Ends the silo's process at once, without a goodbye, to show what the cluster does then. In Development only.</summary>
    /// <returns>False, and nothing happens, outside Development.</returns>
    [Alias("kill"), AlwaysInterleave]
    Task<bool> KillAsync();

    /// <summary>Another silo says how it is, without being asked.</summary>
    [Alias("hear"), AlwaysInterleave]
    Task HearAsync(SiloReport report);
}
