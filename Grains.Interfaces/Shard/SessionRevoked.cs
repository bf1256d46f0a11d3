// News for every gateway: a session is over.
using Aetheris.Protocol.Identity;

namespace Aetheris.Grains.Interfaces.Shard;

/// <summary>A session was revoked. Who misses it hears it from the next refresh of the lease.</summary>
/// <param name="Player">Whose.</param>
/// <param name="Connection">Connections up to this epoch are over.</param>
[GenerateSerializer, Immutable, Alias("aetheris.shard.revoked")]
public sealed record SessionRevoked([property: Id(0)] PlayerId Player, [property: Id(1)] ConnectionEpoch Connection);
