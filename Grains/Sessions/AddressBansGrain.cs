// All bans of addresses.
using Aetheris.Grains.Interfaces.Sessions;

namespace Aetheris.Grains.Sessions;

/// <summary>The grain of the list. A change is stored before it acts; one that cannot be stored has not happened.</summary>
public sealed class AddressBansGrain : Grain, IAddressBansGrain
{
    private readonly IPersistentState<AddressBansRecord> _stored;
    private readonly TimeProvider _time;
    private long _stamp = NewStamp();

    /// <summary>Created by Orleans.</summary>
    public AddressBansGrain([PersistentState("address-bans", AetherisGrains.Storage)] IPersistentState<AddressBansRecord> stored, TimeProvider time)
    {
        _stored = stored;
        _time = time;
    }

    /// <inheritdoc />
    public async Task<bool> AddAsync(AddressBan ban)
    {
        if (!_stored.State.TryAdd(ban, _time.GetUtcNow()))
            return false;
        await SaveAsync();
        return true;
    }

    /// <inheritdoc />
    public async Task<bool> RemoveAsync(string address)
    {
        if (!_stored.State.TryRemove(address, _time.GetUtcNow()))
            return false;
        await SaveAsync();
        return true;
    }

    /// <inheritdoc />
    public Task<AddressBans> GetAsync(long stamp) =>
        Task.FromResult(new AddressBans(_stamp, stamp == _stamp ? null : _stored.State.List(_time.GetUtcNow())));

    // By chance, so that no two activations mean different lists by the same one.
    private static long NewStamp() => Random.Shared.NextInt64(1, long.MaxValue);

    private async Task SaveAsync()
    {
        try
        {
            await _stored.WriteStateAsync();
        }
        catch
        {
            // What is in memory is not what is stored: the next activation reads that.
            DeactivateOnIdle();
            throw;
        }

        _stamp = NewStamp();
    }
}
