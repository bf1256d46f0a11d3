// A player's session as operators see it.
namespace Aetheris.Gateway.Http;

/// <summary>One session, connected or not.</summary>
/// <param name="Player">Player id.</param>
/// <param name="Name">Name of the newest connection; empty before the first.</param>
/// <param name="Role">Its role.</param>
/// <param name="Room">Its room.</param>
/// <param name="Live">Whether it is connected.</param>
/// <param name="Gateway">Where; null when it is not.</param>
/// <param name="ExpiresAt">End of its token.</param>
/// <param name="RevokedAt">Tokens and sign-ins up to then are refused.</param>
/// <param name="Suspicion">Score; kicked from 800 on.</param>
/// <param name="Level">baseline, elevated or critical.</param>
/// <param name="Ban">The ban that holds, if any.</param>
public sealed record AdminSessionDetail(
    string Player,
    string Name,
    string Role,
    string Room,
    bool Live,
    string? Gateway,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? RevokedAt,
    int Suspicion,
    string Level,
    BanAnswer? Ban);
