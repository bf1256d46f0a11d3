// Which frame of a room comes next: puts them in order, asks for missing ones, says when only an image helps.
using Aetheris.Gateway.Edge;
using Aetheris.Protocol.Frames;

namespace Aetheris.Gateway.Rooms;

/// <summary>
/// Frames are given out strictly in (epoch, seq) order (DESIGN §3, frame); what is missing is asked for after 8 frames or 50 ms, and a
/// full image is wanted only when that fails. An epoch that was announced is never followed by an older one. All but
/// <see cref="Receive"/> belongs to the edge thread.
/// </summary>
internal sealed class FrameSequencer
{
    private const int ReorderFrames = 8;
    private const int ReorderMilliseconds = 50;
    private const int FetchTimeoutMilliseconds = 250;

    private readonly IRoomPort _port;
    private readonly GatewayMetrics _metrics;
    private readonly FrameInbox _inbox = new();
    private readonly FrameWindow _window = new();
    private readonly PendingCall<byte[][]> _fetch = new();
    private uint _announced;
    private bool _wasFetched;

    /// <summary>A sequencer that begins with an image.</summary>
    public FrameSequencer(IRoomPort port, GatewayMetrics metrics)
    {
        _port = port;
        _metrics = metrics;
    }

    /// <summary>Epoch of the newest frame applied.</summary>
    public uint Epoch { get; private set; }

    /// <summary>Seq of the newest frame applied.</summary>
    public ulong Seq { get; private set; }

    /// <summary>Whether an image was applied.</summary>
    public bool HasImage { get; private set; }

    /// <summary>Whether frames no longer lead on.</summary>
    public bool WantsImage { get; set; } = true;

    /// <summary>Takes a frame from any thread; the oldest unread one is dropped when too many wait.</summary>
    public void Receive(byte[] frame)
    {
        if (!_inbox.Add(frame))
            _metrics.Drop("frame_inbox_full");
    }

    /// <summary>Whether an image is of no use: older than what was applied, or of an epoch that is over.</summary>
    public bool IsOutdated(in FrameHeader image)
    {
        if (image.Epoch < _announced)
            return true;
        if (!HasImage || image.Epoch != Epoch || image.Seq > Seq)
            return false;
        WantsImage = false;
        return true;
    }

    /// <summary>A frame or image was applied.</summary>
    public void OnApplied(in FrameHeader header)
    {
        Announce(header.Epoch);
        Epoch = header.Epoch;
        Seq = header.Seq;
        if (!header.IsImage)
            return;
        HasImage = true;
        WantsImage = false;
    }

    /// <summary>Takes the answer to a request for missing frames.</summary>
    public void PollFetch(long now)
    {
        if (!_fetch.TryEnd(now, out var frames))
            return;
        if (frames is null || frames.Length == 0)
        {
            WantsImage = true;
            return;
        }

        _wasFetched = true;
        foreach (var frame in frames)
            Receive(frame);
    }

    /// <summary>The next frame, if it is here; it is applied, or an image is wanted, before the next call.</summary>
    public bool TryTakeNext(long now, out RoomFrame frame)
    {
        while (true)
        {
            while (HasImage && Epoch == _announced && _window.TryTake(Seq + 1, now, out var held))
            {
                if (RoomFrame.TryRead(held, out frame))
                    return true;
            }

            if (!_inbox.TryTake(out var data))
            {
                frame = default;
                return false;
            }

            if (!RoomFrame.TryRead(data, out frame))
                _metrics.Drop("frame_malformed");
            else if (IsNext(frame.Header, data, now))
                return true;
        }
    }

    /// <summary>Asks for what is missing once it is more than out of order.</summary>
    public void CheckGap(long now)
    {
        var wasFetched = _wasFetched;
        _wasFetched = false;
        if (!HasImage || _window.Count == 0 || _fetch.IsPending || WantsImage)
            return;
        if (wasFetched && now - _window.Since >= ReorderMilliseconds)
        {
            // What came does not close the gap.
            WantsImage = true;
            return;
        }

        if (_window.Count < ReorderFrames && now - _window.Since < ReorderMilliseconds)
            return;
        _metrics.FrameGaps.Add(1);
        _fetch.Begin(_port.GetFramesAsync(Epoch, Seq + 1, _window.First - 1), now + FetchTimeoutMilliseconds);
    }

    private bool IsNext(in FrameHeader header, byte[] data, long now)
    {
        if (header.Epoch < _announced)
        {
            _metrics.Drop("frame_old_epoch");
            return false;
        }

        if (header.IsImage || (HasImage && header.Epoch == Epoch && header.Seq <= Seq))
            return false;
        Announce(header.Epoch);
        if (HasImage && header.Epoch == Epoch && header.Seq == Seq + 1)
            return true;
        if (!_window.TryHold(header.Seq, data, now))
        {
            _window.Clear();
            WantsImage = true;
        }

        return false;
    }

    // All frames held are of the epoch announced last.
    private void Announce(uint epoch)
    {
        if (epoch <= _announced)
            return;
        _announced = epoch;
        _window.Clear();
        WantsImage = true;
    }
}
