// What a session has been told about a player's ship.
using Aetheris.Protocol.Identity;

namespace Aetheris.Grains.Rooms;

/// <summary>The last report about a player.</summary>
/// <param name="Report">The report.</param>
/// <param name="Connection">The player's connection at that time.</param>
/// <param name="Waits">Whether the session has not heard of it yet.</param>
public readonly record struct KnownShip(ShipReport Report, ConnectionEpoch Connection, bool Waits);
