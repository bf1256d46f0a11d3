// One tick of a room's log, as a gateway kept it.
using System;

namespace Aetheris.Protocol.Frames;

/// <summary>The log of one tick.</summary>
/// <param name="Epoch">Epoch of the frame that brought it.</param>
/// <param name="Tick">Server tick.</param>
/// <param name="StateHash">StateHash after the tick, or null when the frame had none.</param>
/// <param name="Commands">Commands section of the frame.</param>
public readonly record struct HistoryEntry(uint Epoch, ulong Tick, ulong? StateHash, ReadOnlyMemory<byte> Commands);
