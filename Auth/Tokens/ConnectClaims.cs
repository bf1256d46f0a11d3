// What a verified connect token says.
namespace Aetheris.Auth.Tokens;

/// <summary>A player who was matched to a room. <see cref="Access"/> carries the access token's jti, issue time and end; the connect token has its own.</summary>
/// <param name="Jti">Identity of the connect token, for single use.</param>
/// <param name="Access">Who, as their access token said.</param>
/// <param name="Room">The room.</param>
/// <param name="Spectate">Watch only.</param>
/// <param name="ExpiresAt">When the connect token ends, to the second.</param>
public sealed record ConnectClaims(string Jti, AccessClaims Access, string Room, bool Spectate, DateTimeOffset ExpiresAt);
