// What a gateway knows about a player who knocks.
using Aetheris.Protocol.Identity;

namespace Aetheris.Grains.Interfaces.Sessions;

/// <summary>A claim to be the player's live connection.</summary>
/// <param name="Jti">Identity of the token.</param>
/// <param name="Name">Name to show.</param>
/// <param name="Role">Role claim: "player" or "admin".</param>
/// <param name="IssuedAt">When the token was issued.</param>
/// <param name="ExpiresAt">When the token ends, and the lease with it.</param>
/// <param name="Gateway">The gateway.</param>
/// <param name="Room">The room.</param>
/// <param name="ConnectJti">Identity of the connect token, which opens one connection in the whole cluster; empty when there is none.</param>
/// <param name="ConnectExpiresAt">When the connect token ends.</param>
/// <param name="Suspicion">What this gateway adds to the session's suspicion since its last call; negative after clean play.</param>
[GenerateSerializer, Immutable, Alias("aetheris.session.claim")]
public sealed record SessionClaim(
    [property: Id(0)] string Jti,
    [property: Id(1)] string Name,
    [property: Id(2)] string Role,
    [property: Id(3)] DateTimeOffset IssuedAt,
    [property: Id(4)] DateTimeOffset ExpiresAt,
    [property: Id(5)] GatewayId Gateway,
    [property: Id(6)] string Room,
    [property: Id(7)] string ConnectJti = "",
    [property: Id(8)] DateTimeOffset ConnectExpiresAt = default,
    [property: Id(9)] int Suspicion = 0);
