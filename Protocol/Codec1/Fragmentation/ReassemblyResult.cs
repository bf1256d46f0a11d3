// What became of a fragment.
namespace Aetheris.Protocol.Codec1.Fragmentation;

/// <summary>Result of <see cref="Reassembler.Add"/>.</summary>
public enum ReassemblyResult : byte
{
    /// <summary>Impossible, repeated, contradicting or too large: dropped.</summary>
    Ignored = 0,

    /// <summary>Kept; more are missing.</summary>
    Stored = 1,

    /// <summary>The message is complete.</summary>
    Completed = 2,
}
