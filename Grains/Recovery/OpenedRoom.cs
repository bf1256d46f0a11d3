// A room that storage and gateways have given back, or a new one: ready to tick.
using Aetheris.Grains.Rooms;
using Aetheris.Grains.Storage;

namespace Aetheris.Grains.Recovery;

/// <summary>What a room begins with.</summary>
/// <param name="Setup">Facts of the room.</param>
/// <param name="State">Its state; null for a room without a past.</param>
/// <param name="Keeper">Keeps it from now on.</param>
internal sealed record OpenedRoom(RoomSetup Setup, RoomState? State, RoomKeeper Keeper);
