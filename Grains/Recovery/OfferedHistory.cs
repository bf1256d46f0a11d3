// What one gateway offers to a room that lost its silo.
using Aetheris.Protocol.Frames;

namespace Aetheris.Grains.Recovery;

/// <summary>A gateway's log.</summary>
/// <param name="Head">How far it came.</param>
/// <param name="Entries">Ticks that are not durable, rising.</param>
public sealed record OfferedHistory(HistoryHead Head, IReadOnlyList<HistoryEntry> Entries);
