// News for a player's session.
using Aetheris.Protocol.Identity;

namespace Aetheris.Grains.Rooms;

/// <summary>A player's ship as their room says.</summary>
/// <param name="Player">The player.</param>
/// <param name="Ship">Their ship; none for a spectator, a dead pilot and one who is gone.</param>
/// <param name="HasPlace">Whether they take one of the room's places.</param>
public readonly record struct ShipReport(PlayerId Player, NetworkId Ship, bool HasPlace);
