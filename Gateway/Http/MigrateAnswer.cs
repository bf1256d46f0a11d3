// A move that is done.
namespace Aetheris.Gateway.Http;

/// <summary>Answer of <c>POST /api/admin/rooms/{room}/migrate</c>.</summary>
/// <param name="From">SiloName before.</param>
/// <param name="To">SiloName now.</param>
/// <param name="GapMs">Time without a tick, by the silos' own stamps, in milliseconds.</param>
/// <param name="Tick">First server tick on the new silo.</param>
public sealed record MigrateAnswer(string From, string To, double GapMs, ulong Tick);
