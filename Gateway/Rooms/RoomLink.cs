// Everything between one room and this gateway: subscription, frames in order, commands until acknowledged, watchdog.
using Aetheris.Gateway.Edge;
using Aetheris.Gateway.Replication;
using Aetheris.Grains.Interfaces.Rooms;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Events;
using Aetheris.Protocol.Frames;
using Aetheris.Protocol.Identity;
using Aetheris.Protocol.Link;
using Aetheris.World;
using Microsoft.Extensions.Logging;

namespace Aetheris.Gateway.Rooms;

/// <summary>
/// One room's link (DESIGN §3, Gateway). All but <see cref="Receive"/> belongs to the edge thread. Frames are applied strictly in
/// (epoch, seq) order; what is missing is asked for after 8 frames or 50 ms, and a full image only when that fails.
/// </summary>
public sealed class RoomLink
{
    private const int ReorderFrames = 8;
    private const int ReorderMilliseconds = 50;
    private const int FetchTimeoutMilliseconds = 250;
    private const int AcknowledgeMilliseconds = 250;
    private const int SilentTickPeriods = 6;
    private const int RetentionSeconds = 120;

    private readonly IRoomPort _port;
    private readonly GatewayId _gateway;
    private readonly GatewayOptions _options;
    private readonly GatewayMetrics _metrics;
    private readonly ILogger _logger;
    private readonly FrameInbox _inbox = new();
    private readonly RoomSubscriber _subscriber;
    private readonly PendingCall<byte[][]> _fetch = new();
    private readonly FrameWindow _window = new();
    private readonly CommandOutbox _outbox = new();
    private readonly CommandLog _log = new();
    private readonly RoomMembers _members = new();
    private readonly List<Command> _commands = [];
    private readonly List<RoomEvent> _events = [];
    private readonly ByteWriter _batch = new(4096);
    private ulong _seq;
    private long _lastFrame;
    private long _lastFlush;
    private long _lastPause;
    private long _emptySince;
    private bool _hasImage;
    private bool _wantsImage = true;
    private bool _dirty;

    /// <summary>Creates a link; the first <see cref="Step"/> subscribes.</summary>
    public RoomLink(
        string room,
        GatewayId gateway,
        IRoomPort port,
        WorldDefinition definition,
        GatewayOptions options,
        GatewayMetrics metrics,
        ILogger logger,
        long now)
    {
        Room = room;
        _gateway = gateway;
        _port = port;
        _subscriber = new RoomSubscriber(port);
        _options = options;
        _metrics = metrics;
        _logger = logger;
        _lastFrame = now;
        _emptySince = now;
        Broadcast = new RoomBroadcast(definition);
    }

    /// <summary>Room name.</summary>
    public string Room { get; }

    /// <summary>The replica and this tick's shared bytes.</summary>
    public RoomBroadcast Broadcast { get; }

    /// <summary>Ticks per second.</summary>
    public int TickRate { get; private set; } = 60;

    /// <summary>Whether the room has been silent for six tick periods.</summary>
    public bool IsSilent { get; private set; }

    /// <summary>Whether the link is over and may be forgotten.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Connections in the room.</summary>
    public IReadOnlyList<IRoomMember> Members => _members.All;

    /// <summary>Commands not acknowledged.</summary>
    public CommandOutbox Outbox => _outbox;

    /// <summary>The log retained.</summary>
    public CommandLog Log => _log;

    /// <summary>Newest frame sequence applied.</summary>
    public ulong Seq => _seq;

    /// <summary>Takes a frame from any thread; the oldest unread one is dropped when too many wait.</summary>
    public void Receive(byte[] frame)
    {
        if (!_inbox.Add(frame))
            _metrics.Drop("frame_inbox_full");
    }

    /// <summary>Brings a connection into the room: its Join goes out, the answer comes as an event.</summary>
    public void Enter(IRoomMember member)
    {
        _members.Add(member);
        TrySubmit(member.CreateJoin());
    }

    /// <summary>Takes a connection out of the room.</summary>
    public void Exit(IRoomMember member, LeaveReason reason, long now)
    {
        if (!_members.Remove(member))
            return;
        if (_members.Count == 0)
            _emptySince = now;
        TrySubmit(new Command { Kind = CommandKind.Leave, Player = member.Player, Connection = member.Connection, Reason = reason });
    }

    /// <summary>Queues a command; false (and counted) when the retention bound is reached.</summary>
    public bool TrySubmit(in Command command)
    {
        if (!_outbox.TryAdd(in command, _options.RetentionBytes - _log.Bytes))
        {
            _metrics.CommandsRefused.Add(1);
            return false;
        }

        _dirty = true;
        return true;
    }

    /// <summary>Takes frames and answers, watches for silence, pauses the members of a silent room.</summary>
    public void Step(long now)
    {
        if (IsClosed)
            return;
        PollSubscription(now);
        if (IsClosed)
            return;
        PollFetch(now);
        while (_inbox.TryTake(out var frame))
            Take(frame, now);
        CheckGap(now);
        Watch(now);
        if (_members.Count == 0 && now - _emptySince >= _options.LinkIdleSeconds * 1000L && _outbox.Count == 0)
            Close();
    }

    /// <summary>Sends what is pending, at most once per millisecond; an acknowledgement at least every 250 ms.</summary>
    public void Flush(long now)
    {
        if (IsClosed || !_hasImage)
            return;
        var silentFor = now - _lastFlush;
        var due = _dirty ? CoalesceMilliseconds() : _outbox.Count > 0 ? 2 * TickMilliseconds() : AcknowledgeMilliseconds;
        if (silentFor < due)
            return;
        _batch.Clear();
        var position = CommandBatch.WriteHead(_batch, new CommandBatchHead(_gateway, Broadcast.Epoch, _seq, _outbox.FirstSequence, 0));
        CommandBatch.PatchCount(_batch, position, _outbox.WritePending(_batch));
        _port.Submit(_batch.Written.ToArray());
        _dirty = false;
        _lastFlush = now;
    }

    /// <summary>Ends the link; members are told by their owner.</summary>
    public void Close()
    {
        if (IsClosed)
            return;
        IsClosed = true;
        _log.Clear();
        _port.UnsubscribeAsync().Forget();
    }

    /// <summary>Ends the link for a reason that its members are told.</summary>
    public void Fail(CloseReason reason, string text)
    {
        _members.Lose(reason, text);
        Close();
    }

    private int TickMilliseconds() => Math.Max(1, 1000 / TickRate);

    // Everything unacknowledged travels again with each batch, so a backlog is sent less often.
    private int CoalesceMilliseconds() => IsSilent ? 100 : _outbox.Bytes < 16 * 1024 ? 1 : _outbox.Bytes < 256 * 1024 ? 8 : 50;

    private void PollSubscription(long now)
    {
        if (_subscriber.TryTakeAnswer(now, out var answer))
            OnSubscribed(answer, now);
        if (IsClosed || (!_wantsImage && !IsSilent) || !_subscriber.IsDue(now))
            return;
        if (_hasImage)
            _metrics.Resubscriptions.Add(1);
        _subscriber.Subscribe(now, isFirst: !_hasImage);
    }

    private void OnSubscribed(RoomSubscription answer, long now)
    {
        if (answer.Status is not (RoomStatus.Active or RoomStatus.Draining) || !RoomFrame.TryRead(answer.Image, out var image) || !image.Header.IsImage)
        {
            var reason = _hasImage ? CloseReason.RoomClosing : CloseReason.RoomUnavailable;
            Fail(reason, answer.Status == RoomStatus.Closed ? "The room is closed; ask for a match again." : "The room is not open; ask for a match again.");
            return;
        }

        var header = image.Header;
        var known = _hasImage && (header.Epoch < Broadcast.Epoch || (header.Epoch == Broadcast.Epoch && header.Seq <= _seq));
        _subscriber.OnHeard();
        if (known)
        {
            _wantsImage = false;
            return;
        }

        TickRate = Math.Clamp(answer.TickRate, 1, 1000);
        if (!ApplyImage(image, now))
            return;
        if (answer.LastSequence >= _outbox.FirstSequence && _outbox.Count > 0 && answer.LastSequence < _outbox.FirstSequence + (ulong)_outbox.Count)
            _outbox.Acknowledge(answer.LastSequence);
        else if (answer.LastSequence != _outbox.Acknowledged)
            Renumber(answer.LastSequence);
        _dirty = true;
        TakeHeld(now);
    }

    private bool ApplyImage(in RoomFrame image, long now)
    {
        var seenTick = _hasImage && image.Header.Epoch == Broadcast.Epoch ? Broadcast.Tick : 0;
        var isFirst = !_hasImage;
        _events.Clear();
        if (!image.TryReadEvents(_events) || !Broadcast.TryApply(image.Header, image.Changes))
        {
            EdgeLog.FrameRefused(_logger, Room);
            return false;
        }

        _events.RemoveAll(e => isFirst || e.Tick <= seenTick);
        _seq = image.Header.Seq;
        _hasImage = true;
        _wantsImage = false;
        _members.AddMissedJoins(Broadcast, _events);
        OnApplied(image.Header, now);
        return true;
    }

    // The room does not know our sequence any more: it has logged GatewayGone, so our players are in their grace and join again.
    private void Renumber(ulong lastSequence)
    {
        _commands.Clear();
        if (lastSequence < _outbox.Acknowledged)
            _members.AddJoins(_commands);
        _outbox.Renumber(lastSequence, _commands);
    }

    private void Take(byte[] data, long now)
    {
        if (!RoomFrame.TryRead(data, out var frame))
        {
            _metrics.Drop("frame_malformed");
            return;
        }

        var header = frame.Header;
        if (header.IsImage || (_hasImage && (header.Epoch < Broadcast.Epoch || (header.Epoch == Broadcast.Epoch && header.Seq <= _seq))))
            return;
        if (_hasImage && header.Epoch == Broadcast.Epoch && header.Seq == _seq + 1)
        {
            Apply(frame, now);
            TakeHeld(now);
            return;
        }

        if (_hasImage && header.Epoch > Broadcast.Epoch)
        {
            _window.Clear();
            _wantsImage = true;
        }

        if (!_window.TryHold(header.Seq, data, now))
        {
            _window.Clear();
            _wantsImage = true;
        }
    }

    private void TakeHeld(long now)
    {
        while (_window.TryTake(_seq + 1, now, out var data) && RoomFrame.TryRead(data, out var frame))
        {
            if (frame.Header.Epoch == Broadcast.Epoch)
                Apply(frame, now);
        }
    }

    private void Apply(in RoomFrame frame, long now)
    {
        var header = frame.Header;
        _commands.Clear();
        _events.Clear();
        if (!frame.TryReadCommands(_commands) || !frame.TryReadEvents(_events) || !Broadcast.TryApply(header, frame.Changes))
        {
            EdgeLog.FrameRefused(_logger, Room);
            _wantsImage = true;
            return;
        }

        _seq = header.Seq;
        foreach (var command in _commands)
        {
            if (command.Gateway == _gateway)
                _outbox.Acknowledge(command.Sequence);
        }

        var forgotten = _log.Add(header.Epoch, header.Tick, frame.Commands, Math.Max(0, _options.RetentionBytes - _outbox.Bytes), TickRate * RetentionSeconds);
        if (forgotten > 0)
            _metrics.LogOverflows.Add(forgotten);
        OnApplied(header, now);
    }

    private void OnApplied(in FrameHeader header, long now)
    {
        _log.TrimThrough(header.DurableTick);
        _metrics.Frames.Add(1);
        if (IsSilent)
            EdgeLog.RoomBack(_logger, Room, now - _lastFrame);
        IsSilent = false;
        _lastFrame = now;
        _subscriber.OnHeard();
        Broadcast.Encode(_events, hasAudience: _members.Count > 0, TickRate);
        _members.Deliver(_events, Broadcast);
    }

    private void CheckGap(long now)
    {
        if (!_hasImage || _window.Count == 0 || _fetch.IsPending || _wantsImage)
            return;
        if (_window.Count < ReorderFrames && now - _window.Since < ReorderMilliseconds)
            return;
        var first = _window.First;
        if (first <= _seq + 1)
        {
            TakeHeld(now);
            return;
        }

        _metrics.FrameGaps.Add(1);
        _fetch.Begin(_port.GetFramesAsync(Broadcast.Epoch, _seq + 1, first - 1), now + FetchTimeoutMilliseconds);
    }

    private void PollFetch(long now)
    {
        if (!_fetch.TryEnd(now, out var frames))
            return;
        if (frames is null || frames.Length == 0)
        {
            _wantsImage = true;
            return;
        }

        foreach (var frame in frames)
            Take(frame, now);
        TakeHeld(now);
        if (_window.Count > 0 && _window.First > _seq + 1 && now - _window.Since >= ReorderMilliseconds)
            _wantsImage = true;
    }

    private void Watch(long now)
    {
        if (!_hasImage)
            return;
        if (!IsSilent && now - _lastFrame > SilentTickPeriods * 1000L / TickRate)
        {
            IsSilent = true;
            _subscriber.OnSilent(now);
            EdgeLog.RoomSilent(_logger, Room);
        }

        if (!IsSilent || now - _lastPause < 1000 / LinkLimits.PauseHz)
            return;
        _lastPause = now;
        _members.Pause();
    }
}
