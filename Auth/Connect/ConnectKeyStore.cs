// Keeps this process's ring at what the cluster's record says, and the record young.
namespace Aetheris.Auth.Connect;

/// <summary>Called at start and every few seconds; calls do not overlap.</summary>
/// <param name="ring">The keys that hold now.</param>
/// <param name="records">The cluster's record.</param>
/// <param name="seal">Seals it.</param>
/// <param name="time">Clock.</param>
public sealed class ConnectKeyStore(ConnectKeyRing ring, IKeyRecords records, KeyRecordSeal seal, TimeProvider time)
{
    private const int MaxAttempts = 5;

    private byte[]? _seen;
    private List<StoredKey> _keys = [];
    private ConnectKey[] _open = [];
    private int _sealing = -1;

    /// <summary>Reads the record, writes a new key when one is due, and takes over what holds now.</summary>
    /// <returns>False when the record cannot be opened with this process's secret; the ring stays as it is.</returns>
    public async Task<bool> RefreshAsync()
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var record = await records.ReadAsync().ConfigureAwait(false);
            if (!TryTake(record))
                return false;
            var now = time.GetUtcNow();
            if (!ConnectKeySchedule.NeedsKey(_keys, now))
            {
                Use(now);
                return true;
            }

            // Whoever is faster decides for all; the others read again.
            await records.TryReplaceAsync(record, seal.Seal(ConnectKeySchedule.Extend(_keys, now), record)).ConfigureAwait(false);
        }

        throw new InvalidOperationException("the cluster's key record changes all the time");
    }

    private bool TryTake(byte[]? record)
    {
        if (record is null)
        {
            _seen = null;
            _keys = [];
            return true;
        }

        if (_seen is not null && record.AsSpan().SequenceEqual(_seen))
            return true;
        if (!seal.TryOpen(record, out var keys))
            return false;
        _seen = record;
        _keys = keys;
        _open = [.. keys.Select(static key => new ConnectKey(key.Secret))];
        _sealing = -1;
        return true;
    }

    private void Use(DateTimeOffset now)
    {
        var sealing = ConnectKeySchedule.Sealing(_keys, now);
        if (sealing == _sealing)
            return;
        _sealing = sealing;
        ring.Use(_open[sealing], [.. _open.Where((_, i) => i != sealing)]);
    }
}
