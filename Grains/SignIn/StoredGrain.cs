// What the grains of sign-ins share: nothing is decided that is not stored.
namespace Aetheris.Grains.SignIn;

/// <summary>A grain with one record in the storage "aetheris-signin", which forgets what is not written for a month; it fails closed.</summary>
/// <typeparam name="TRecord">The record.</typeparam>
public abstract class StoredGrain<TRecord> : Grain
    where TRecord : new()
{
    private readonly IPersistentState<TRecord> _stored;
    private IGrainTimer? _end;

    /// <summary>A grain with its state.</summary>
    protected StoredGrain(IPersistentState<TRecord> stored) => _stored = stored;

    /// <summary>The record.</summary>
    protected TRecord Record => _stored.State;

    /// <summary>Writes the record, or starts it anew.</summary>
    /// <param name="record">A new record; null for the one that is.</param>
    /// <exception cref="Exception">Storage did not take it; the activation goes, and the next begins with what is stored.</exception>
    protected async Task SaveAsync(TRecord? record = default)
    {
        if (record is not null)
            _stored.State = record;
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

    /// <summary>Erases the record.</summary>
    protected async Task EraseAsync()
    {
        try
        {
            await _stored.ClearStateAsync();
        }
        finally
        {
            DeactivateOnIdle();
        }
    }

    /// <summary>Erases the record after a time, if this activation lives so long; else storage does, later.</summary>
    protected void EraseAfter(TimeSpan time)
    {
        _end?.Dispose();
        _end = this.RegisterGrainTimer(EraseAsync, new GrainTimerCreationOptions(time, Timeout.InfiniteTimeSpan) { KeepAlive = true });
    }
}
