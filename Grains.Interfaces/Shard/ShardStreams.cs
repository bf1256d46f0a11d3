// The streams that carry what many may hear and none must hear to play (DESIGN §3, streams).
using Orleans.Streams;

namespace Aetheris.Grains.Interfaces.Shard;

/// <summary>Names of the streams. Every stream has one key: the whole shard.</summary>
public static class ShardStreams
{
    /// <summary>Name of the stream provider, on silos and in gateways.</summary>
    public const string Provider = "shard";

    /// <summary>Namespace of <see cref="SessionRevoked"/>.</summary>
    public const string Revocations = "aetheris.revocations";

    /// <summary>Namespace of <see cref="KillReport"/>.</summary>
    public const string Kills = "aetheris.kills";

    /// <summary>Namespace of <see cref="ChatLine"/>.</summary>
    public const string Chat = "aetheris.chat";

    /// <summary>Key of every stream, and of the grains that follow them.</summary>
    public const string Key = "shard";

    /// <summary>A stream.</summary>
    public static IAsyncStream<T> Of<T>(IStreamProvider provider, string streamNamespace) => provider.GetStream<T>(StreamId.Create(streamNamespace, Key));
}
