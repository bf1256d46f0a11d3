// Hears of revoked sessions and ends their connections here.
using Aetheris.Gateway.Edge;
using Aetheris.Grains.Interfaces.Shard;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aetheris.Gateway.Connections;

/// <summary>Subscribes to the shard's stream of revocations. What is missed is heard with the next refresh of the lease.</summary>
public sealed class RevocationListener(
    IClusterClient cluster, EdgeLoop loop, ConnectionSet connections, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<RevocationListener> logger)
    : ShardListener<SessionRevoked>(cluster, ShardStreams.Revocations, lifetime, time, logger)
{
    /// <inheritdoc />
    protected override void OnNews(SessionRevoked news) => loop.TryPost(() => connections.Revoke(news.Player, news.Connection));
}
