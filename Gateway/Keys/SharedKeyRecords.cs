// The cluster's key record among its shared records.
using Aetheris.Auth.Connect;
using Aetheris.Hosting.Redis;

namespace Aetheris.Gateway.Keys;

/// <summary>One record of that name.</summary>
internal sealed class SharedKeyRecords(ISharedRecords records) : IKeyRecords
{
    private const string Name = "connect-keys";

    /// <inheritdoc />
    public Task<byte[]?> ReadAsync() => records.ReadAsync(Name);

    /// <inheritdoc />
    public Task<bool> TryReplaceAsync(byte[]? expected, byte[] value) => records.TryReplaceAsync(Name, expected, value);
}
