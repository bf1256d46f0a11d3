// A player who may not play.
using Aetheris.Protocol.Identity;

namespace Aetheris.Grains.Interfaces.Sessions;

/// <summary>One ban.</summary>
/// <param name="Player">Whom.</param>
/// <param name="Reason">Why, in words that the player is told; at most 200 characters.</param>
/// <param name="By">The operator.</param>
/// <param name="At">Since when.</param>
/// <param name="Until">Until when; null = until it is lifted.</param>
[GenerateSerializer, Immutable, Alias("aetheris.session.ban")]
public sealed record Ban(
    [property: Id(0)] PlayerId Player,
    [property: Id(1)] string Reason,
    [property: Id(2)] PlayerId By,
    [property: Id(3)] DateTimeOffset At,
    [property: Id(4)] DateTimeOffset? Until)
{
    /// <summary>Longest reason in characters.</summary>
    public const int MaxReason = 200;

    /// <summary>Whether it holds.</summary>
    public bool Holds(DateTimeOffset now) => Until is not { } end || now < end;
}
