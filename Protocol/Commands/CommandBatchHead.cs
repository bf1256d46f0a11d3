// The head of a command batch.
using Aetheris.Protocol.Identity;

namespace Aetheris.Protocol.Commands;

/// <summary>Head of a <see cref="CommandBatch"/>.</summary>
/// <param name="Gateway">Sender.</param>
/// <param name="AckEpoch">Room epoch of the newest frame applied in order; 0 before the first.</param>
/// <param name="AckSeq">Sequence of that frame.</param>
/// <param name="FirstSequence">Sequence of the first command.</param>
/// <param name="Count">Number of commands.</param>
public readonly record struct CommandBatchHead(GatewayId Gateway, uint AckEpoch, ulong AckSeq, ulong FirstSequence, ushort Count);
