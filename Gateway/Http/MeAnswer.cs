// Who is asking.
namespace Aetheris.Gateway.Http;

/// <summary>The bearer of a token and what they may do here, so that a page offers nothing that would be refused.</summary>
/// <param name="Player">Player id.</param>
/// <param name="Name">Name.</param>
/// <param name="Role">Role.</param>
/// <param name="MayOperate">Whether the operators' routes are open to them.</param>
/// <param name="MayMoveRooms">Whether <c>/api/chaos/rooms/…/move</c> is.</param>
/// <param name="MayKillSilos">Whether <c>/api/chaos/silos/…/kill</c> is: in Development only.</param>
public sealed record MeAnswer(string Player, string Name, string Role, bool MayOperate, bool MayMoveRooms, bool MayKillSilos);
