// The result of encoding into a buffer that is too small.
namespace Aetheris.Protocol.Codec1;

/// <summary>A fixed buffer was too small. Source: WIRE_FORMAT §3, §4.</summary>
/// <param name="Needed">Bytes to provide next time; for events and headers the original's fixed estimate, not the exact length.</param>
/// <param name="Available">Length of the buffer.</param>
public readonly record struct BufferOverflow(int Needed, int Available);
