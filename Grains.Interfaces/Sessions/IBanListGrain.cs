// All bans, so that operators can see and lift them.
using Aetheris.Protocol.Identity;

namespace Aetheris.Grains.Interfaces.Sessions;

/// <summary>The list of bans. Key 0. It follows the sessions, which alone decide: a ban stands in the player's session first.</summary>
[Alias("aetheris.session.bans")]
public interface IBanListGrain : IGrainWithIntegerKey
{
    /// <summary>Bans a player: the session ends everywhere, and no sign-in, token or connection of theirs is accepted.</summary>
    /// <exception cref="TimeoutException">Storage did not take it: it acts, and is to be repeated.</exception>
    [Alias("add")]
    Task AddAsync(Ban ban);

    /// <summary>Lifts a ban.</summary>
    /// <returns>Whether there was one.</returns>
    [Alias("remove")]
    Task<bool> RemoveAsync(PlayerId player);

    /// <summary>Bans that hold, newest first.</summary>
    [Alias("list")]
    Task<IReadOnlyList<Ban>> ListAsync();
}
