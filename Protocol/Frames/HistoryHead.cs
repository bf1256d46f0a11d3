// How far a gateway has come in a room.
using Aetheris.Protocol.Identity;

namespace Aetheris.Protocol.Frames;

/// <summary>The newest frame that a gateway has applied; all zero when it has seen none.</summary>
/// <param name="Gateway">Whose history.</param>
/// <param name="Epoch">Room epoch of that frame.</param>
/// <param name="Seq">Its seq.</param>
/// <param name="Tick">Its tick.</param>
public readonly record struct HistoryHead(GatewayId Gateway, uint Epoch, ulong Seq, ulong Tick);
