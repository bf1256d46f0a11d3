// The fixed part of a frame.
namespace Aetheris.Protocol.Frames;

/// <summary>Head of a frame or image.</summary>
/// <param name="Epoch">Room epoch: rises with every start from storage; gateways never deliver an older one after a newer one.</param>
/// <param name="Seq">Counts the frames of an epoch without gaps, from 1; an image carries the seq of the last frame it contains.</param>
/// <param name="Tick">Server tick after which the state is as described.</param>
/// <param name="DurableTick">Commands up to and including this tick are safe elsewhere and may be forgotten.</param>
/// <param name="IsImage">The changes are the whole state instead of a difference.</param>
/// <param name="StateHash">StateHash after this tick, or null when not taken.</param>
public readonly record struct FrameHeader(uint Epoch, ulong Seq, ulong Tick, ulong DurableTick, bool IsImage, ulong? StateHash);
