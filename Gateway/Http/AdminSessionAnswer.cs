// A session as operators see it.
namespace Aetheris.Gateway.Http;

/// <summary>What a player's session knows.</summary>
/// <param name="Player">Player id.</param>
/// <param name="Name">Name; empty for a session that was never used.</param>
/// <param name="Role">Role.</param>
/// <param name="Room">Room of the newest connection, live or not.</param>
/// <param name="Gateway">Gateway of the live connection; null without one.</param>
/// <param name="Live">Whether a connection is live.</param>
/// <param name="Ship">Network id of the ship as last reported; 0 without one.</param>
/// <param name="Revoked">Whether it is revoked.</param>
public sealed record AdminSessionAnswer(string Player, string Name, string Role, string Room, string? Gateway, bool Live, ulong Ship, bool Revoked);
