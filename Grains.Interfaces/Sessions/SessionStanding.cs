// Whether a player's tokens are still worth something.
namespace Aetheris.Grains.Interfaces.Sessions;

/// <summary>What a gateway asks before it acts on a token or gives one out.</summary>
/// <param name="RevokedAt">Tokens and sign-ins up to then are over; null = never revoked.</param>
/// <param name="Ban">The ban that holds now, if any.</param>
[GenerateSerializer, Immutable, Alias("aetheris.session.standing")]
public sealed record SessionStanding([property: Id(0)] DateTimeOffset? RevokedAt, [property: Id(1)] Ban? Ban)
{
    /// <summary>Whether something that was issued at a time is still good.</summary>
    public bool Accepts(DateTimeOffset issuedAt) => Ban is null && !(RevokedAt is { } revoked && issuedAt <= revoked);
}
