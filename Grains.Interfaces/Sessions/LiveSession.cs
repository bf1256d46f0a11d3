// A connected player as operators see them.
using Aetheris.Protocol.Identity;

namespace Aetheris.Grains.Interfaces.Sessions;

/// <summary>One connection that is in a room.</summary>
/// <param name="Player">Who.</param>
/// <param name="Name">Name to show.</param>
/// <param name="Role">Role of the lease.</param>
/// <param name="Room">Room.</param>
/// <param name="Gateway">Gateway.</param>
/// <param name="Transport">"udp" or "websocket".</param>
/// <param name="Seconds">Time in the room.</param>
/// <param name="IdleSeconds">Time since the player last did something.</param>
/// <param name="Suspicion">Score of the session (CONTROL_PLANE §4).</param>
[GenerateSerializer, Immutable, Alias("aetheris.session.live")]
public sealed record LiveSession(
    [property: Id(0)] PlayerId Player,
    [property: Id(1)] string Name,
    [property: Id(2)] string Role,
    [property: Id(3)] string Room,
    [property: Id(4)] GatewayId Gateway,
    [property: Id(5)] string Transport,
    [property: Id(6)] int Seconds,
    [property: Id(7)] int IdleSeconds,
    [property: Id(8)] int Suspicion);
