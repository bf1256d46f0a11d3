// Shared records as strings in Redis.
using Aetheris.Hosting.Cluster;
using StackExchange.Redis;

namespace Aetheris.Hosting.Redis;

/// <summary>One key per record, under the names of service and cluster.</summary>
internal sealed class RedisSharedRecords(RedisStore store, ClusterOptions options) : ISharedRecords
{
    /// <inheritdoc />
    public async Task<byte[]?> ReadAsync(string name)
    {
        var connection = await store.ConnectAsync();
        return await connection.GetDatabase().StringGetAsync(Key(name));
    }

    /// <inheritdoc />
    public async Task<bool> TryReplaceAsync(string name, byte[]? expected, byte[] value)
    {
        var connection = await store.ConnectAsync();
        var transaction = connection.GetDatabase().CreateTransaction();
        var key = Key(name);
        transaction.AddCondition(expected is null ? Condition.KeyNotExists(key) : Condition.StringEqual(key, expected));
        var set = transaction.StringSetAsync(key, value);
        if (!await transaction.ExecuteAsync())
            return false;
        return await set;
    }

    private RedisKey Key(string name) => $"aetheris/{options.ServiceId}/{options.ClusterId}/{name}";
}
