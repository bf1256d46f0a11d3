// Whether this silo still belongs to the cluster, as the cluster sees it.
namespace Aetheris.Grains.Silos;

/// <summary>The membership as it is stored, not as this silo remembers it: a process that was paused remembers wrongly.</summary>
public interface ISiloStanding
{
    /// <summary>Asks the membership table. Bounded in time.</summary>
    /// <returns>Whether this silo was declared dead. A table that has no row of it says nothing against it.</returns>
    /// <exception cref="TimeoutException">The table does not answer.</exception>
    Task<bool> IsDeclaredDeadAsync();
}
