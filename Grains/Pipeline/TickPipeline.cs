// The tick of a room, from top to bottom.
using System.Diagnostics;
using Aetheris.Grains.Interfaces.Tracing;
using Aetheris.Grains.Metrics;
using Aetheris.Grains.Ticking;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Frames;
using Aetheris.World;

namespace Aetheris.Grains.Pipeline;

/// <summary>
/// Five stages over one context (TICK_PIPELINE §3). Not thread-safe: its owner ticks it under a lock. A steady tick allocates
/// nothing, sinks excepted.
/// </summary>
public sealed class TickPipeline
{
    private static readonly KeyValuePair<string, object?> PollTag = new("stage", "poll");
    private static readonly KeyValuePair<string, object?> ApplyTag = new("stage", "apply");
    private static readonly KeyValuePair<string, object?> SimulateTag = new("stage", "simulate");
    private static readonly KeyValuePair<string, object?> ExtractTag = new("stage", "extract");
    private static readonly KeyValuePair<string, object?> SendTag = new("stage", "send");

    private readonly TickContext _context;
    private readonly PollStage _poll = new();
    private readonly ApplyStage _apply = new();
    private readonly SimulateStage _simulate = new();
    private readonly ExtractStage _extract = new();
    private readonly SendStage _send = new();
    private readonly ByteWriter _image = new(4096);
    private readonly ByteWriter _imageFrame = new(4096);
    private long _started;

    /// <summary>Creates the pipeline of a room.</summary>
    public TickPipeline(TickContext context) => _context = context;

    /// <summary>What the stages share.</summary>
    public TickContext Context => _context;

    /// <summary>What the room shows of itself in gauges.</summary>
    public RoomFigures Figures { get; } = new();

    /// <summary>What ticks cost lately.</summary>
    public TickCosts Costs { get; } = new();

    /// <summary>One tick.</summary>
    public void Tick()
    {
        var started = Stopwatch.GetTimestamp();
        var cpuStarted = ThreadCpu.Now;
        NoteTickRate(started);

        // World's tick advances before the commands, so that what they spawn counts as changed in this tick (T-11).
        _context.World.BeginTick();

        _poll.Run(_context);
        var polled = Note(PollTag, started);

        _apply.Run(_context);
        var applied = Note(ApplyTag, polled);

        _simulate.Run(_context);
        var simulated = Note(SimulateTag, applied);

        _extract.Run(_context);
        var extracted = Note(ExtractTag, simulated);

        _send.Run(_context);
        var sent = Note(SendTag, extracted);

        NoteCosts(started, sent, cpuStarted);
        Figures.Entities = _context.World.Entities.Count;
    }

    /// <summary>Continues the frames of another pipeline: the next one has seq + 1.</summary>
    /// <param name="seq">Seq of the newest frame; 0 at the start of an epoch.</param>
    /// <param name="durableTick">Its durable tick.</param>
    /// <param name="frames">The last frames, ending with it.</param>
    public void Restore(ulong seq, ulong durableTick, IReadOnlyList<byte[]> frames)
    {
        _context.Newest = new FrameHeader(_context.Epoch, seq, _context.World.Tick, durableTick, IsImage: false, StateHash: null);
        for (var i = 0; i < frames.Count; i++)
            _context.Frames.Next(seq - (ulong)(frames.Count - 1 - i)).WriteBytes(frames[i]);
    }

    /// <summary>A frame with the whole state as of the newest frame, for a gateway that begins. Allocates.</summary>
    /// <param name="events">Events section: what the gateway has missed; empty for none.</param>
    public byte[] TakeImage(ReadOnlySpan<byte> events = default)
    {
        _image.Clear();
        _context.World.WriteImage(_image);
        _imageFrame.Clear();
        var header = new FrameHeader(_context.Epoch, _context.Newest.Seq, _context.World.Tick, _context.Newest.DurableTick, IsImage: true, StateHash: null);
        RoomFrame.Write(_imageFrame, header, [0, 0], _image.Written, events.IsEmpty ? [0, 0] : events);
        return _imageFrame.Written.ToArray();
    }

    /// <summary>The state after a tick as the changes section of an image, from the history or, for the newest tick, from World. Allocates.</summary>
    /// <param name="tick">Server tick, or null for the newest.</param>
    /// <param name="at">That tick.</param>
    /// <param name="hash">StateHash after it.</param>
    /// <param name="image">The section.</param>
    public bool TryGetState(ulong? tick, out ulong at, out ulong hash, out byte[] image)
    {
        at = tick ?? _context.World.Tick;
        if (at == _context.World.Tick)
        {
            _image.Clear();
            _context.World.WriteImage(_image);
            hash = _context.World.StateHash();
            image = _image.Written.ToArray();
            return true;
        }

        var kept = _context.History.TryGet(at, out hash, out var bytes);
        image = bytes.ToArray();
        return kept;
    }

    private long Note(in KeyValuePair<string, object?> stage, long since)
    {
        var now = Stopwatch.GetTimestamp();
        _context.Metrics.StageDuration.Record(Stopwatch.GetElapsedTime(since, now).TotalSeconds, stage);
        if (Spans.AreHeard && Activity.Current is { Recorded: true } tick)
            Trace(tick, stage, Stopwatch.GetElapsedTime(since, now));
        return now;
    }

    private static void Trace(Activity tick, in KeyValuePair<string, object?> stage, TimeSpan took)
    {
        var end = DateTimeOffset.UtcNow;
        var span = Spans.Begin(Spans.Prefix + stage.Value, tick.Context, end - took);
        span?.SetEndTime(end.UtcDateTime);
        Spans.End(span);
    }

    private void NoteTickRate(long started)
    {
        // The first tick has no predecessor to measure from (T-03).
        if (_started != 0 && started > _started)
            Figures.TickRate = 1 / Stopwatch.GetElapsedTime(_started, started).TotalSeconds;
        _started = started;
    }

    private void NoteCosts(long started, long ended, long cpuStarted)
    {
        var wall = Stopwatch.GetElapsedTime(started, ended).TotalSeconds;
        _context.Metrics.TickDuration.Record(wall);
        var cpu = (ThreadCpu.Now - cpuStarted) * 1e-9;
        if (ThreadCpu.IsSupported)
            _context.Metrics.TickCpu.Record(cpu);
        Costs.Add(wall, cpu);
    }
}
