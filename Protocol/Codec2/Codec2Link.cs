// Bytes that two components have in common.
namespace Aetheris.Protocol.Codec2;

/// <summary>Where both components are sent in one record, these bytes of the later one are expected to equal those of the earlier one.</summary>
/// <param name="Bit">The component whose bytes are expected.</param>
/// <param name="Offset">Their place in it.</param>
/// <param name="SourceBit">The component that says what they are; it is coded first.</param>
/// <param name="SourceOffset">Their place there.</param>
/// <param name="Length">How many.</param>
public sealed record Codec2Link(int Bit, int Offset, int SourceBit, int SourceOffset, int Length);
