// Hears what is said in all rooms and hands it to those who are in them.
using Aetheris.Gateway.Connections;
using Aetheris.Gateway.Edge;
using Aetheris.Grains.Interfaces.Shard;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aetheris.Gateway.Chat;

/// <summary>Subscribes to the shard's stream of chat.</summary>
public sealed class ChatListener(
    IClusterClient cluster, EdgeLoop loop, ConnectionSet connections, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<ChatListener> logger)
    : ShardListener<ChatLine>(cluster, ShardStreams.Chat, lifetime, time, logger)
{
    /// <inheritdoc />
    protected override void OnNews(ChatLine news) => loop.TryPost(() => connections.Hear(news));
}
