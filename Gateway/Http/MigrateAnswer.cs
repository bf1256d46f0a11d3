// A move that is done.
using System.Diagnostics.CodeAnalysis;
using Aetheris.Grains.Interfaces.Rooms;

namespace Aetheris.Gateway.Http;

/// <summary>Answer of <c>POST /api/admin/rooms/{room}/migrate</c>.</summary>
/// <param name="From">SiloName before.</param>
/// <param name="To">SiloName now.</param>
/// <param name="GapMs">Time without a tick, by the silos' own stamps, in milliseconds.</param>
/// <param name="Tick">First server tick on the new silo.</param>
public sealed record MigrateAnswer(string From, string To, double GapMs, ulong Tick)
{
    /// <summary>The answer of a move.</summary>
    [return: NotNullIfNotNull(nameof(move))]
    internal static MigrateAnswer? Of(RoomMove? move) => move is null ? null : new MigrateAnswer(move.From, move.To, move.GapMs, move.Tick);
}
