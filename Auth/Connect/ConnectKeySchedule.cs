// When a cluster's connect keys change.
namespace Aetheris.Auth.Connect;

/// <summary>
/// A new key is in the record before it seals, so that every gateway has read it; an old one opens for longer than any token lives. Pure.
/// </summary>
public static class ConnectKeySchedule
{
    /// <summary>Age at which a key gets a successor.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromHours(24);

    /// <summary>Age at which a key begins to seal, unless there is no other; gateways read the record far more often.</summary>
    public static readonly TimeSpan Lead = TimeSpan.FromMinutes(2);

    /// <summary>How long a key opens after its successor began to seal: more than <see cref="AuthOptions.MaxConnectTokenLifetime"/>.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(10);

    /// <summary>Whether the record needs another key.</summary>
    /// <param name="keys">Of the record, oldest first.</param>
    /// <param name="now">Now.</param>
    public static bool NeedsKey(IReadOnlyList<StoredKey> keys, DateTimeOffset now) => keys.Count == 0 || now - keys[^1].CreatedAt >= Life;

    /// <summary>The record with another key, and without those that no token needs any more.</summary>
    public static List<StoredKey> Extend(IReadOnlyList<StoredKey> keys, DateTimeOffset now)
    {
        var kept = new List<StoredKey>();
        for (var i = 0; i < keys.Count; i++)
        {
            var isOver = i + 1 < keys.Count && now - keys[i + 1].CreatedAt >= Lead + Grace;
            if (!isOver && keys.Count - i < KeyRecordSeal.MaxKeys)
                kept.Add(keys[i]);
        }

        kept.Add(new StoredKey(DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds()), ConnectKey.NewSecret()));
        return kept;
    }

    /// <summary>Index of the key that seals: the newest that is old enough, else the oldest.</summary>
    public static int Sealing(IReadOnlyList<StoredKey> keys, DateTimeOffset now)
    {
        for (var i = keys.Count - 1; i > 0; i--)
        {
            if (now - keys[i].CreatedAt >= Lead)
                return i;
        }

        return 0;
    }
}
