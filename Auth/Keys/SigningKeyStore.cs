// Fetches the signing key that a cluster keeps for itself.
using Aetheris.Auth.Connect;

namespace Aetheris.Auth.Keys;

/// <summary>
/// Drawn once by whichever gateway comes first (DESIGN §3, keys), sealed with the cluster's secret, and the same for all and for good: a
/// rotation is configuration's (docs/security.md).
/// </summary>
/// <param name="keys">Wait for it.</param>
/// <param name="records">The cluster's record.</param>
/// <param name="seal">Seals it, for this purpose.</param>
/// <param name="time">Clock.</param>
public sealed class SigningKeyStore(SigningKeys keys, IKeyRecords records, KeyRecordSeal seal, TimeProvider time)
{
    /// <summary>What the record is sealed for.</summary>
    public const string Purpose = "signing key";

    /// <summary>Reads the record, or writes the first one, and takes its key over.</summary>
    /// <returns>False when the record cannot be opened with this process's secret, or holds no key.</returns>
    public async Task<bool> LoadAsync()
    {
        if (await records.ReadAsync().ConfigureAwait(false) is not { } record)
        {
            // Whoever is faster decides for all.
            await records.TryReplaceAsync(null, seal.Seal([new StoredKey(time.GetUtcNow(), SigningKeys.NewSecret())], previous: null)).ConfigureAwait(false);
            record = await records.ReadAsync().ConfigureAwait(false) ?? throw new InvalidOperationException("the record of the signing key is gone again");
        }

        return seal.TryOpen(record, out var stored) && stored.Count > 0 && keys.TryUse(stored[0].Secret);
    }
}
