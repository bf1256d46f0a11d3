// What this gateway keeps of a room until it is durable, and offers to a room that lost its silo (DESIGN §1.4).
using Aetheris.Gateway.Recording;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Frames;
using Aetheris.Protocol.Identity;

namespace Aetheris.Gateway.Rooms;

/// <summary>
/// The log of the ticks that are not durable yet, within bounds of bytes and time, and the bytes of the <see cref="RoomHistory"/> that
/// offers it. Those are written when they are first asked for: a silent room is asked again and again for the same.
/// </summary>
internal sealed class RoomRetention
{
    /// <summary>Longest time that a log is kept.</summary>
    public const int Seconds = 120;

    private readonly GatewayId _gateway;
    private readonly GatewayMetrics _metrics;
    private readonly List<HistoryEntry> _entries = [];
    private readonly ByteWriter _writer = new(1024);
    private HistoryHead _head;
    private byte[]? _offer;

    /// <summary>Keeps nothing yet.</summary>
    public RoomRetention(GatewayId gateway, GatewayMetrics metrics)
    {
        _gateway = gateway;
        _metrics = metrics;
        _head = new HistoryHead(gateway, 0, 0, 0);
    }

    /// <summary>The log.</summary>
    public CommandLog Log { get; } = new();

    /// <summary>Flight recorders that hear the same log.</summary>
    public List<RoomRecorder> Recorders { get; } = [];

    /// <summary>Keeps the commands of a frame that was applied.</summary>
    /// <param name="header">Its head.</param>
    /// <param name="commands">Its commands section.</param>
    /// <param name="maxBytes">Most bytes kept.</param>
    /// <param name="tickRate">Ticks per second.</param>
    public void Keep(in FrameHeader header, ReadOnlySpan<byte> commands, long maxBytes, int tickRate)
    {
        var forgotten = Log.Add(header, commands, Math.Max(0, maxBytes), Math.Min(RoomHistory.MaxEntries, tickRate * Seconds));
        if (forgotten > 0)
            _metrics.LogOverflows.Add(forgotten);
        foreach (var recorder in Recorders)
            recorder.Add(header, commands);
    }

    /// <summary>Keeps what the room sends with an image of the ticks that this gateway has not seen: the bytes of a <see cref="RoomHistory"/>.</summary>
    /// <param name="history">They.</param>
    /// <param name="throughTick">Tick of the image.</param>
    /// <param name="maxBytes">Most bytes kept.</param>
    /// <param name="tickRate">Ticks per second.</param>
    public void Take(byte[] history, ulong throughTick, long maxBytes, int tickRate)
    {
        if (!RoomHistory.TryRead(history, out _, _entries))
        {
            _metrics.Drop("history_malformed");
            return;
        }

        foreach (var entry in _entries)
        {
            if (entry.Tick > Log.NewestTick && entry.Tick <= throughTick)
                Keep(new FrameHeader(entry.Epoch, 0, entry.Tick, 0, IsImage: false, entry.StateHash), entry.Commands.Span, maxBytes, tickRate);
        }

        _entries.Clear();
    }

    /// <summary>A frame or image was applied: what is durable may go, and what was offered before is out of date.</summary>
    public void OnApplied(in FrameHeader header)
    {
        if (header.IsImage)
            DropAfter(header.Tick);
        Log.TrimThrough(header.DurableTick);
        _head = new HistoryHead(_gateway, header.Epoch, header.Seq, header.Tick);
        _offer = null;
    }

    /// <summary>The bytes of the history as of the newest frame applied.</summary>
    public byte[] Offer()
    {
        if (_offer is not null)
            return _offer;
        Log.CopyTo(_entries);
        _writer.Clear();
        RoomHistory.Write(_writer, _head, _entries);
        _entries.Clear();
        return _offer = _writer.Written.ToArray();
    }

    private void DropAfter(ulong tick)
    {
        Log.DropAfter(tick);
        foreach (var recorder in Recorders)
            recorder.OnImage(tick);
    }
}
