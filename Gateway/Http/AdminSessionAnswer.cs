// A connected player in the operators' list.
namespace Aetheris.Gateway.Http;

/// <summary>One connection that is in a room.</summary>
/// <param name="Player">Player id.</param>
/// <param name="Name">Name to show.</param>
/// <param name="Role">Role.</param>
/// <param name="Room">Room.</param>
/// <param name="Gateway">Gateway.</param>
/// <param name="Transport">udp or websocket.</param>
/// <param name="Seconds">Time in the room.</param>
/// <param name="IdleSeconds">Time since the player last did something.</param>
/// <param name="Suspicion">Score; kicked from 800 on.</param>
/// <param name="Level">baseline, elevated or critical.</param>
public sealed record AdminSessionAnswer(
    string Player, string Name, string Role, string Room, string Gateway, string Transport, int Seconds, int IdleSeconds, int Suspicion, string Level);
