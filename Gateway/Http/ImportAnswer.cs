// A room that came back from its file.
namespace Aetheris.Gateway.Http;

/// <summary>Answer of <c>POST /api/admin/rooms/{room}/import</c>.</summary>
/// <param name="Room">The room, open now.</param>
/// <param name="Tick">Tick that it goes on from.</param>
public sealed record ImportAnswer(string Room, ulong Tick);
