// Reads this silo's own row of the membership table.
namespace Aetheris.Grains.Silos;

/// <summary>One read per question: a remembered answer would be of before the pause that the question is about.</summary>
public sealed class SiloStanding(IMembershipTable table, ILocalSiloDetails silo, TimeProvider time) : ISiloStanding
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <inheritdoc />
    public async Task<bool> IsDeclaredDeadAsync()
    {
        var found = await table.ReadRowAsync(silo.SiloAddress, CancellationToken.None).WaitAsync(Patience, time);
        return found.TryGet(silo.SiloAddress)?.Item1.Status == SiloStatus.Dead;
    }
}
