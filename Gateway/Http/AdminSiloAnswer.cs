// A silo as operators see it.
namespace Aetheris.Gateway.Http;

/// <summary>One silo.</summary>
/// <param name="Silo">SiloName.</param>
/// <param name="State">Membership status.</param>
/// <param name="Rooms">Rooms it hosts.</param>
/// <param name="Version">Product version.</param>
public sealed record AdminSiloAnswer(string Silo, string State, int Rooms, string Version);
