// How long a flight recorder keeps a room.
namespace Aetheris.Gateway.Http;

/// <summary>Body of <c>PUT /api/admin/rooms/{room}/recorder</c>.</summary>
/// <param name="Seconds">Seconds to keep.</param>
public sealed record RecorderWish(int Seconds);
