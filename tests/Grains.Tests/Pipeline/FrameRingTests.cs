// The last 128 frames.
using Aetheris.Grains.Pipeline;

namespace Aetheris.Grains.Tests.Pipeline;

public sealed class FrameRingTests
{
    [Fact]
    public void The_last_128_frames_are_kept_and_no_others()
    {
        var ring = new FrameRing();
        Assert.False(ring.TryGet(0, out _));
        for (var seq = 1UL; seq <= 300; seq++)
            ring.Next(seq).WriteUInt64(seq);
        Assert.False(ring.TryGet(300 - FrameRing.Capacity, out _));
        Assert.False(ring.TryGet(301, out _));
        for (var seq = 301UL - FrameRing.Capacity; seq <= 300; seq++)
        {
            Assert.True(ring.TryGet(seq, out var frame));
            Assert.Equal(seq, BitConverter.ToUInt64(frame));
            Assert.Equal(8, frame.Length);
        }
    }

    [Fact]
    public void A_gap_in_the_sequence_is_a_mistake_of_the_caller()
    {
        var ring = new FrameRing();
        ring.Next(7);
        Assert.Throws<ArgumentOutOfRangeException>(() => ring.Next(9));
    }
}
