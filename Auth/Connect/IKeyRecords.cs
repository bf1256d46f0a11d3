// Where a cluster keeps the record of its keys.
namespace Aetheris.Auth.Connect;

/// <summary>Reads and replaces one shared record; failures of the store arrive in the tasks.</summary>
public interface IKeyRecords
{
    /// <summary>Reads the record; null when there is none.</summary>
    Task<byte[]?> ReadAsync();

    /// <summary>Replaces the record if it still is what was read; false when somebody else was faster.</summary>
    Task<bool> TryReplaceAsync(byte[]? expected, byte[] value);
}
