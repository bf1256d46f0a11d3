// Where a room is.
namespace Aetheris.Gateway.Http;

/// <summary>A room's silo and where it could go.</summary>
/// <param name="Room">Name.</param>
/// <param name="Silo">SiloName of its host.</param>
/// <param name="Others">Other silos that are active.</param>
/// <param name="LastMove">Its last move; null before the first.</param>
public sealed record RoomPlaceAnswer(string Room, string Silo, IReadOnlyList<string> Others, MigrateAnswer? LastMove);
