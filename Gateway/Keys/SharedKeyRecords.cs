// A key record of the cluster among its shared records.
using Aetheris.Auth.Connect;
using Aetheris.Hosting.Redis;

namespace Aetheris.Gateway.Keys;

/// <summary>One record.</summary>
/// <param name="records">All of them.</param>
/// <param name="name">Its name.</param>
internal sealed class SharedKeyRecords(ISharedRecords records, string name) : IKeyRecords
{
    /// <summary>Name of the connect keys.</summary>
    public const string ConnectKeys = "connect-keys";

    /// <summary>Name of the signing key.</summary>
    public const string SigningKey = "signing-key";

    /// <inheritdoc />
    public Task<byte[]?> ReadAsync() => records.ReadAsync(name);

    /// <inheritdoc />
    public Task<bool> TryReplaceAsync(byte[]? expected, byte[] value) => records.TryReplaceAsync(name, expected, value);
}
