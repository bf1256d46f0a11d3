// Whether this silo's rooms can write to storage: for /readyz.
namespace Aetheris.Grains.Storage;

/// <summary>Success and failure of the rooms' writes, over all rooms of this silo. Thread-safe.</summary>
public sealed class StorageHealth
{
    private readonly object _lock = new();
    private readonly TimeProvider _time;
    private DateTimeOffset? _lastSuccess;
    private DateTimeOffset? _failingSince;

    /// <summary>Nothing is known yet.</summary>
    public StorageHealth(TimeProvider time) => _time = time;

    /// <summary>UTC of the last write that succeeded; null before the first.</summary>
    public DateTimeOffset? LastSuccess
    {
        get
        {
            lock (_lock)
                return _lastSuccess;
        }
    }

    /// <summary>UTC of the first failure since the last success; null while storage works.</summary>
    public DateTimeOffset? FailingSince
    {
        get
        {
            lock (_lock)
                return _failingSince;
        }
    }

    /// <summary>Notes a write that succeeded.</summary>
    public void Succeeded()
    {
        lock (_lock)
        {
            _lastSuccess = _time.GetUtcNow();
            _failingSince = null;
        }
    }

    /// <summary>Notes a write that failed.</summary>
    public void Failed()
    {
        lock (_lock)
            _failingSince ??= _time.GetUtcNow();
    }
}
