// Where frames go.
using Aetheris.Protocol.Frames;

namespace Aetheris.Grains.Pipeline;

/// <summary>Receives every frame of a room once, in order, on the thread that ticks.</summary>
public interface IFrameSink
{
    /// <summary>Takes a frame. Never throws and never waits.</summary>
    /// <param name="header">Head of the frame.</param>
    /// <param name="frame">The whole frame; the memory is reused after the call.</param>
    void Send(in FrameHeader header, ReadOnlySpan<byte> frame);
}
