// Body of a ban.
namespace Aetheris.Gateway.Http;

/// <summary>Whom to ban.</summary>
/// <param name="Player">Player id.</param>
/// <param name="Reason">Why, in words for the player: 1 to 200 characters.</param>
/// <param name="Until">Until when; without it until the ban is lifted.</param>
public sealed record BanRequest(string? Player, string? Reason, DateTimeOffset? Until = null);
