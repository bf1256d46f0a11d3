// Small records that all processes of a cluster share.
namespace Aetheris.Hosting.Redis;

/// <summary>In the cluster's store. There is none in the modes without a store.</summary>
public interface ISharedRecords
{
    /// <summary>Reads a record; null when there is none.</summary>
    Task<byte[]?> ReadAsync(string name);

    /// <summary>Replaces a record if it still is what the caller has read.</summary>
    /// <param name="name">Its name within this cluster.</param>
    /// <param name="expected">What was read; null for nothing.</param>
    /// <param name="value">What shall stand there.</param>
    /// <returns>False when somebody else was faster.</returns>
    Task<bool> TryReplaceAsync(string name, byte[]? expected, byte[] value);
}
