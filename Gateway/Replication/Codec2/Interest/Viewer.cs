// Whose eyes a filter looks through.
using Aetheris.Protocol.Identity;
using Aetheris.World.Replica;

namespace Aetheris.Gateway.Replication.Codec2;

/// <summary>One connection as filters see it.</summary>
/// <param name="Player">Who watches.</param>
/// <param name="Ship">Slot of their ship; −1 for spectators and while they have none.</param>
/// <param name="Replica">The room.</param>
public readonly record struct Viewer(PlayerId Player, int Ship, RoomReplica Replica);
