// Where an operator wants a room.
namespace Aetheris.Gateway.Http;

/// <summary>Body of <c>POST /api/admin/rooms/{room}/migrate</c>.</summary>
/// <param name="Silo">SiloName of the target.</param>
public sealed record MigrateRequest(string? Silo);
