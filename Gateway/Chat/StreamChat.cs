// Chat rides a stream of the shard: see ADR 0070.
using Aetheris.Gateway.Edge;
using Aetheris.Grains.Interfaces.Shard;

namespace Aetheris.Gateway.Chat;

/// <summary>Publishes lines; <see cref="ChatListener"/> of every gateway hears them, this one's too.</summary>
public sealed class StreamChat(IClusterClient cluster, GatewayMetrics metrics) : IRoomChat
{
    // Publishing is a call to a silo: while none answers, lines must not pile up.
    private const int MaxOnTheirWay = 256;

    private int _onTheirWay;

    /// <inheritdoc />
    public void Say(ChatLine line)
    {
        if (Interlocked.Increment(ref _onTheirWay) > MaxOnTheirWay)
        {
            Interlocked.Decrement(ref _onTheirWay);
            metrics.Drop("chat");
            return;
        }

        Task.Run(() => PublishAsync(line)).Forget();
    }

    private async Task PublishAsync(ChatLine line)
    {
        try
        {
            await ShardStreams.Of<ChatLine>(cluster.GetStreamProvider(ShardStreams.Provider), ShardStreams.Chat).OnNextAsync(line);
        }
        finally
        {
            Interlocked.Decrement(ref _onTheirWay);
        }
    }
}
