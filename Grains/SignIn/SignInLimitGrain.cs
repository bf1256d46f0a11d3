// How often somebody may try something.
using Aetheris.Grains.Interfaces.SignIn;

namespace Aetheris.Grains.SignIn;

/// <summary>The grain of a limit. It writes before it allows: a storage that is away allows nothing.</summary>
public sealed class SignInLimitGrain : StoredGrain<SignInLimitRecord>, ISignInLimitGrain
{
    private const int Most = 1000;

    private readonly TimeProvider _time;

    /// <summary>Created by Orleans.</summary>
    public SignInLimitGrain([PersistentState("limit", AetherisGrains.SignInStorage)] IPersistentState<SignInLimitRecord> stored, TimeProvider time)
        : base(stored) => _time = time;

    /// <inheritdoc />
    public async Task<bool> TryTakeAsync(int most, TimeSpan window)
    {
        if (!SignInRules.TryTake(Record, Math.Clamp(most, 1, Most), window, _time.GetUtcNow()))
            return false;
        await SaveAsync();
        EraseAfter(window);
        return true;
    }

    /// <inheritdoc />
    public Task<bool> HasLeftAsync(int most, TimeSpan window)
    {
        SignInRules.Forget(Record, window, _time.GetUtcNow());
        return Task.FromResult(Record.Taken.Count < Math.Clamp(most, 1, Most));
    }
}
