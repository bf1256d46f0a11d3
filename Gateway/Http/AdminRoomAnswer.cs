// A room as operators see it.
namespace Aetheris.Gateway.Http;

/// <summary>Figures of a room.</summary>
/// <param name="Room">Name.</param>
/// <param name="Silo">SiloName of its host.</param>
/// <param name="Epoch">Room epoch.</param>
/// <param name="Tick">Newest server tick.</param>
/// <param name="Players">Players.</param>
/// <param name="Entities">Entities.</param>
/// <param name="TickP99Ms">Wall time of a tick, 99th percentile, ms.</param>
/// <param name="TickCpuP50Us">Thread CPU time of a tick, median, µs.</param>
/// <param name="LastMove">Its last move between silos; null before the first.</param>
public sealed record AdminRoomAnswer(
    string Room, string Silo, uint Epoch, ulong Tick, int Players, int Entities, double TickP99Ms, double TickCpuP50Us, MigrateAnswer? LastMove);
