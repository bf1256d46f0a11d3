// All bans of addresses.
namespace Aetheris.Grains.Interfaces.Sessions;

/// <summary>The list of the addresses from which nobody may play. Key 0. Gateways ask it twice a second and act by themselves.</summary>
[Alias("aetheris.session.address-bans")]
public interface IAddressBansGrain : IGrainWithIntegerKey
{
    /// <summary>Most bans that hold at once.</summary>
    const int MaxBans = 4096;

    /// <summary>Bans an address, in place of an earlier ban of it.</summary>
    /// <returns>False when there are as many as there may be.</returns>
    /// <exception cref="TimeoutException">Storage did not take it: nothing has changed.</exception>
    [Alias("add")]
    Task<bool> AddAsync(AddressBan ban);

    /// <summary>Lifts a ban.</summary>
    /// <returns>Whether there was one that held.</returns>
    [Alias("remove")]
    Task<bool> RemoveAsync(string address);

    /// <summary>The bans, unless the asker has them.</summary>
    /// <param name="stamp">Stamp of what the asker has; 0 for nothing.</param>
    [Alias("get")]
    Task<AddressBans> GetAsync(long stamp);
}
