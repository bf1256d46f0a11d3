// The last frames of a room, for gateways that missed one.
using Aetheris.Protocol.Binary;

namespace Aetheris.Grains.Pipeline;

/// <summary>The last <see cref="Capacity"/> frames by seq, in buffers that are reused.</summary>
public sealed class FrameRing
{
    /// <summary>Frames kept: about two seconds at 60 Hz.</summary>
    public const int Capacity = 128;

    private readonly ByteWriter[] _frames = new ByteWriter[Capacity];
    private ulong _newest;
    private int _count;

    /// <summary>The buffer for the next frame, emptied; it replaces the oldest one.</summary>
    /// <param name="seq">Its seq: one more than the last, any number for the first.</param>
    public ByteWriter Next(ulong seq)
    {
        if (_count > 0 && seq != _newest + 1)
            throw new ArgumentOutOfRangeException(nameof(seq), "frames are kept without gaps");
        _newest = seq;
        _count = Math.Min(Capacity, _count + 1);
        ref var frame = ref _frames[seq % Capacity];
        frame ??= new ByteWriter(1024);
        frame.Clear();
        return frame;
    }

    /// <summary>Every kept frame, oldest first. Allocates.</summary>
    public List<byte[]> Capture()
    {
        var frames = new List<byte[]>(_count);
        for (var seq = _newest - (ulong)_count + 1; _count > 0 && seq <= _newest; seq++)
            frames.Add(_frames[seq % Capacity].Written.ToArray());
        return frames;
    }

    /// <summary>Finds a frame.</summary>
    /// <param name="seq">Its seq.</param>
    /// <param name="frame">The bytes; valid until the ring comes round.</param>
    public bool TryGet(ulong seq, out ReadOnlySpan<byte> frame)
    {
        if (_count == 0 || seq > _newest || _newest - seq >= (ulong)_count)
        {
            frame = default;
            return false;
        }

        frame = _frames[seq % Capacity].Written;
        return true;
    }
}
