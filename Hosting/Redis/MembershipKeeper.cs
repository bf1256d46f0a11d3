// Gives the membership back to a Redis that has forgotten it.
using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime;
using StackExchange.Redis;

namespace Aetheris.Hosting.Redis;

/// <summary>
/// Remembers the members as last read. Every change raises the table's version, so a lower one means that the store lost its data: the
/// members are written back above the version that they knew. Without that no silo could ever be declared dead again, since there is
/// no row to change, and gateways would find no silo. What the store holds already wins: a silo may have joined meanwhile.
/// </summary>
internal sealed partial class MembershipKeeper : IStoreLook
{
    private const string Version = "Version";

    // KEYS[1] the table; ARGV[1] the version known here, then field, value, field, value.
    private const string Restore = """
        local version = tonumber(redis.call('HGET', KEYS[1], 'Version') or '0')
        if version >= tonumber(ARGV[1]) then return 0 end
        for i = 2, #ARGV, 2 do redis.call('HSETNX', KEYS[1], ARGV[i], ARGV[i + 1]) end
        redis.call('HSET', KEYS[1], 'Version', tostring(tonumber(ARGV[1]) + 1))
        return 1
        """;

    private readonly ISiloStatusOracle _silo;
    private readonly ILogger<MembershipKeeper> _logger;
    private readonly RedisKey _table;
    private HashEntry[] _known = [];
    private long _version;

    public MembershipKeeper(ISiloStatusOracle silo, IOptions<Orleans.Configuration.ClusterOptions> cluster, ILogger<MembershipKeeper> logger)
    {
        _silo = silo;
        _logger = logger;
        _table = global::Orleans.Clustering.Redis.RedisClusteringOptions.DefaultCreateRedisKey(cluster.Value);
    }

    public async Task LookAsync(IDatabase store)
    {
        var rows = await store.HashGetAllAsync(_table);
        var version = VersionOf(rows);
        if (version >= _version)
        {
            _known = rows;
            _version = version;
            return;
        }

        // A silo that was declared dead, or leaves, has no say about who is a member.
        if (_silo.CurrentStatus != SiloStatus.Active)
            return;
        var arguments = new List<RedisValue> { _version };
        foreach (var row in _known)
        {
            if (row.Name != Version)
                arguments.AddRange([row.Name, row.Value]);
        }

        if ((int)await store.ScriptEvaluateAsync(Restore, [_table], [.. arguments]) == 1)
            LogRestored(_logger, (arguments.Count - 1) / 2);
    }

    private static long VersionOf(HashEntry[] rows)
    {
        foreach (var row in rows)
        {
            if (row.Name == Version && long.TryParse(row.Value.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var version))
                return version;
        }

        return 0;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Redis had forgotten the cluster: {Members} members are written back")]
    private static partial void LogRestored(ILogger logger, int members);
}
