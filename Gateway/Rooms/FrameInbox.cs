// Frames on their way from the network's threads to the edge thread.
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Aetheris.Gateway.Rooms;

/// <summary>Bounded queue; any thread adds, the edge thread takes.</summary>
internal sealed class FrameInbox
{
    private const int MaxFrames = 1024;

    private readonly ConcurrentQueue<byte[]> _frames = new();
    private int _count;

    /// <summary>Adds a frame.</summary>
    /// <returns>False when too many waited; the oldest was dropped for it.</returns>
    public bool Add(byte[] frame)
    {
        _frames.Enqueue(frame);
        if (Interlocked.Increment(ref _count) <= MaxFrames || !_frames.TryDequeue(out _))
            return true;
        Interlocked.Decrement(ref _count);
        return false;
    }

    /// <summary>Takes the oldest frame.</summary>
    public bool TryTake([NotNullWhen(true)] out byte[]? frame)
    {
        if (!_frames.TryDequeue(out frame))
            return false;
        Interlocked.Decrement(ref _count);
        return true;
    }
}
