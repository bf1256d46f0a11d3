// News for a player's session.
using Aetheris.Protocol.Identity;

namespace Aetheris.Grains.Rooms;

/// <summary>A player's ship as their room says.</summary>
/// <param name="Player">The player.</param>
/// <param name="Ship">Their ship; none for a spectator.</param>
public readonly record struct ShipReport(PlayerId Player, NetworkId Ship);
