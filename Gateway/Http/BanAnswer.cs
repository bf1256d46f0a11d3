// A ban as operators see it.
namespace Aetheris.Gateway.Http;

/// <summary>One ban.</summary>
/// <param name="Player">Whom.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">The operator.</param>
/// <param name="At">Since when.</param>
/// <param name="Until">Until when; null = until it is lifted.</param>
public sealed record BanAnswer(string Player, string Reason, string By, DateTimeOffset At, DateTimeOffset? Until);
