// A connection as operators see it.
namespace Aetheris.Gateway.Http;

/// <summary>A player or spectator in a room, at the gateway that was asked.</summary>
/// <param name="Player">Player id.</param>
/// <param name="Name">Name.</param>
/// <param name="Role">Role of the lease.</param>
/// <param name="Room">Room.</param>
/// <param name="Transport">udp or websocket.</param>
/// <param name="Spectates">Whether without a ship.</param>
/// <param name="Bytes">Bytes sent since it connected.</param>
/// <param name="Dropped">Messages that its transport did not take.</param>
public sealed record AdminConnectionAnswer(string Player, string Name, string Role, string Room, string Transport, bool Spectates, long Bytes, long Dropped);
