// An observer that only collects: Orleans may deliver out of order.
using Aetheris.Grains.Interfaces.Rooms;
using Aetheris.Protocol.Frames;

namespace Aetheris.Grains.Tests.Cluster;

public sealed class FrameInbox : IRoomObserver
{
    private readonly object _lock = new();
    private int _count;
    private ulong _newest;

    public int Count
    {
        get
        {
            lock (_lock)
                return _count;
        }
    }

    public ulong NewestSeq
    {
        get
        {
            lock (_lock)
                return _newest;
        }
    }

    public Task OnFrameAsync(byte[] frame)
    {
        if (!RoomFrame.TryRead(frame, out var read))
            throw new InvalidOperationException("a frame that cannot be read");
        lock (_lock)
        {
            _count++;
            _newest = Math.Max(_newest, read.Header.Seq);
        }

        return Task.CompletedTask;
    }
}
