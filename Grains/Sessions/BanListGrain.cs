// All bans, so that operators can see and lift them.
using Aetheris.Grains.Interfaces.Sessions;
using Aetheris.Protocol.Identity;

namespace Aetheris.Grains.Sessions;

/// <summary>The grain of the list. A ban is in the list before it is in the session, so that none acts that nobody sees; a lifted one leaves it last.</summary>
public sealed class BanListGrain : Grain, IBanListGrain
{
    private readonly IPersistentState<BanListRecord> _stored;
    private readonly TimeProvider _time;

    /// <summary>Created by Orleans.</summary>
    public BanListGrain([PersistentState("bans", AetherisGrains.Storage)] IPersistentState<BanListRecord> stored, TimeProvider time)
    {
        _stored = stored;
        _time = time;
    }

    private Dictionary<string, Ban> Bans => _stored.State.Bans;

    /// <inheritdoc />
    public async Task AddAsync(Ban ban)
    {
        Bans[ban.Player.ToString()] = ban;
        await SaveAsync();
        await GrainFactory.GetGrain<ISessionGrain>(ban.Player.ToString()).BanAsync(ban);
    }

    /// <inheritdoc />
    public async Task<bool> RemoveAsync(PlayerId player)
    {
        await GrainFactory.GetGrain<ISessionGrain>(player.ToString()).BanAsync(null);
        if (!Bans.Remove(player.ToString()))
            return false;
        await SaveAsync();
        return true;
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<Ban>> ListAsync()
    {
        var now = _time.GetUtcNow();
        return Task.FromResult<IReadOnlyList<Ban>>([.. Bans.Values.Where(ban => ban.Holds(now)).OrderByDescending(ban => ban.At)]);
    }

    // What is over leaves the list with the next change.
    private async Task SaveAsync()
    {
        var now = _time.GetUtcNow();
        foreach (var (player, ban) in Bans)
        {
            if (!ban.Holds(now))
                Bans.Remove(player);
        }

        try
        {
            await _stored.WriteStateAsync();
        }
        catch
        {
            DeactivateOnIdle();
            throw;
        }
    }
}
