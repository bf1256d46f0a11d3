// What a gateway may act on without asking again.
using Aetheris.Protocol.Identity;

namespace Aetheris.Grains.Interfaces.Sessions;

/// <summary>A lease: identity, role and expiry that a gateway checks locally.</summary>
/// <param name="Granted">False when refused or no longer live; then <paramref name="Refusal"/> says why.</param>
/// <param name="Refusal">A CloseReason of the link.</param>
/// <param name="Connection">The connection epoch of the lease.</param>
/// <param name="Role">Role claim.</param>
/// <param name="ExpiresAt">End of the lease.</param>
/// <param name="Suspicion">The session's suspicion, over all its connections.</param>
[GenerateSerializer, Immutable, Alias("aetheris.session.lease")]
public sealed record SessionLease(
    [property: Id(0)] bool Granted,
    [property: Id(1)] byte Refusal,
    [property: Id(2)] ConnectionEpoch Connection,
    [property: Id(3)] string Role,
    [property: Id(4)] DateTimeOffset ExpiresAt,
    [property: Id(5)] int Suspicion = 0);
