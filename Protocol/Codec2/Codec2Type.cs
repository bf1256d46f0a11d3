// What codec 2 knows about one entity type: how it moves and what a new one looks like.
using System.Collections.Generic;

namespace Aetheris.Protocol.Codec2;

/// <summary>An entity type's motion and prototype.</summary>
/// <param name="Number">Number of the type.</param>
/// <param name="DragThousandths">Drag in 1/1000 per second.</param>
/// <param name="TurnRateThousandths">Turn rate in 1/1000 degrees per second.</param>
/// <param name="MaxAcceleration">Largest thrust in m/s², at most 127: bound of what is derived from two states.</param>
/// <param name="PrototypeMask">Bits of the components that a new entity has.</param>
/// <param name="Prototype">Their values by bit, in frame form; at most 512 bytes together. A missing one is all zeros.</param>
public sealed record Codec2Type(
    ushort Number,
    int DragThousandths,
    int TurnRateThousandths,
    int MaxAcceleration,
    ulong PrototypeMask,
    IReadOnlyDictionary<int, byte[]> Prototype);
