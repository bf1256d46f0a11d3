// What a verified access token says.
using Aetheris.Protocol.Identity;

namespace Aetheris.Auth.Tokens;

/// <summary>A signed-in player.</summary>
/// <param name="Player">Subject.</param>
/// <param name="Jti">Identity of the token.</param>
/// <param name="Role">A <see cref="PlayerRole"/>.</param>
/// <param name="Name">Name to show.</param>
/// <param name="IssuedAt">When it was issued, to the second.</param>
/// <param name="ExpiresAt">When it ends, to the second.</param>
public sealed record AccessClaims(PlayerId Player, string Jti, string Role, string Name, DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt);
