// Everything between one room and this gateway: subscription, replica, retained log, members.
using Aetheris.Gateway.Edge;
using Aetheris.Gateway.Recording;
using Aetheris.Gateway.Replication;
using Aetheris.Gateway.Replication.Codec2;
using Aetheris.Grains.Interfaces.Rooms;
using Aetheris.Grains.Interfaces.Tracing;
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Events;
using Aetheris.Protocol.Frames;
using Aetheris.Protocol.Identity;
using Aetheris.Protocol.Link;
using Aetheris.World;
using Microsoft.Extensions.Logging;

namespace Aetheris.Gateway.Rooms;

/// <summary>
/// One room's link (DESIGN §3, Gateway). All but <see cref="Receive"/> belongs to the edge thread. <see cref="FrameSequencer"/> orders
/// the frames, <see cref="CommandSender"/> the commands. A room that goes silent is asked to recover with the log kept here; its members
/// hear pauses meanwhile, and nothing of them is given up before the log's retention ends.
/// </summary>
public sealed class RoomLink
{
    // A room that recovers answers when it is open; one that goes on saying that it is not has nothing to recover from.
    private const int RecoveryMilliseconds = 1500;

    private readonly IRoomPort _port;
    private readonly GatewayOptions _options;
    private readonly GatewayMetrics _metrics;
    private readonly ILogger _logger;
    private readonly RoomSubscriber _subscriber;
    private readonly FrameSequencer _frames;
    private readonly CommandSender _sender;
    private readonly SilenceWatch _watch;
    private readonly RoomRetention _retention;
    private readonly RoomMembers _members = new();
    private readonly List<Command> _commands = [];
    private readonly List<RoomEvent> _events = [];
    private long _emptySince;
    private bool _historyWasLost;

    /// <summary>Creates a link; the first <see cref="Step"/> subscribes.</summary>
    public RoomLink(
        string room,
        GatewayId gateway,
        IRoomPort port,
        WorldDefinition definition,
        GatewayOptions options,
        GatewayMetrics metrics,
        ILogger logger,
        long now,
        Codec2Rules? codec2 = null)
    {
        Room = room;
        _port = port;
        _retention = new RoomRetention(gateway, metrics);
        _subscriber = new RoomSubscriber(port);
        _frames = new FrameSequencer(port, metrics);
        _sender = new CommandSender(port, gateway);
        _watch = new SilenceWatch(now);
        _options = options;
        _metrics = metrics;
        _logger = logger;
        _emptySince = now;
        Broadcast = new RoomBroadcast(definition, metrics.Encoder, codec2);
    }

    /// <summary>Room name.</summary>
    public string Room { get; }

    /// <summary>The replica and this tick's shared bytes.</summary>
    public RoomBroadcast Broadcast { get; }

    /// <summary>Ticks per second.</summary>
    public int TickRate { get; private set; } = 60;

    /// <summary>Whether the room has been silent for six tick periods.</summary>
    public bool IsSilent => _watch.IsSilent;

    /// <summary>Whether the link is over and may be forgotten.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Connections in the room.</summary>
    public IReadOnlyList<IRoomMember> Members => _members.All;

    /// <summary>Commands not acknowledged.</summary>
    public CommandOutbox Outbox => _sender.Outbox;

    /// <summary>The log retained.</summary>
    public CommandLog Log => _retention.Log;

    /// <summary>Flight recorders of this room; while there is one, the link stays.</summary>
    public List<RoomRecorder> Recorders => _retention.Recorders;

    /// <summary>The way to the room.</summary>
    public IRoomPort Port => _port;

    /// <summary>Newest frame sequence applied.</summary>
    public ulong Seq => _frames.Seq;

    /// <summary>Takes a frame from any thread.</summary>
    public void Receive(byte[] frame) => _frames.Receive(frame);

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
        if (_sender.TryAdd(in command, _options.RetentionBytes - Log.Bytes))
            return true;
        _metrics.CommandsRefused.Add(1);
        return false;
    }

    /// <summary>Takes frames and answers, watches for silence, pauses the members of a silent room.</summary>
    public void Step(long now)
    {
        if (IsClosed)
            return;
        PollSubscription(now);
        if (IsClosed)
            return;
        _frames.PollFetch(now);
        ApplyFrames(now);
        _frames.CheckGap(now);
        Watch(now);
        foreach (var recorder in Recorders)
            recorder.Step(now, TickRate);
        if (_members.Count == 0 && now - _emptySince >= _options.LinkIdleSeconds * 1000L && IsIdle)
            Close();
    }

    /// <summary>Sends what is pending.</summary>
    public void Flush(long now)
    {
        if (!IsClosed && _frames.HasImage)
            _sender.Flush(now, _frames, TickRate, IsSilent);
    }

    /// <summary>Ends the link; members are told by their owner.</summary>
    public void Close()
    {
        if (IsClosed)
            return;
        IsClosed = true;
        Log.Clear();
        foreach (var recorder in Recorders)
            recorder.End();
        _port.UnsubscribeAsync().Forget();
    }

    /// <summary>Ends the link for a reason that its members are told.</summary>
    public void Fail(CloseReason reason, string text)
    {
        _members.Lose(reason, text);
        Close();
    }

    // The log of a silent room may be all that is left of it.
    private bool IsIdle => !_frames.HasImage || (!IsSilent && Outbox.Count == 0 && Recorders.Count == 0);

    private void PollSubscription(long now)
    {
        if (_subscriber.TryTakeAnswer(now, out var answer))
            OnSubscribed(answer, now);
        if (IsClosed || (!_frames.WantsImage && !IsSilent) || !_subscriber.IsDue(now))
            return;
        if (!_frames.HasImage)
        {
            _subscriber.Subscribe(now);
            return;
        }

        _metrics.Resubscriptions.Add(1);
        _subscriber.Recover(now, _retention.Offer());
    }

    private void OnSubscribed(RoomSubscription answer, long now)
    {
        switch (answer.Status)
        {
            case RoomStatus.Active or RoomStatus.Draining when RoomFrame.TryRead(answer.Image, out var image) && image.Header.IsImage:
                OnImage(answer, image, now);
                break;
            case RoomStatus.Creating when _subscriber.OnRecovering(now) < RecoveryMilliseconds:
                break;
            case RoomStatus.Closed:
                Fail(_frames.HasImage ? CloseReason.RoomClosing : CloseReason.RoomUnavailable, "The room is closed; ask for a match again.");
                break;
            default:
                // Its silo is lost and so is its state; a match opens it again.
                Fail(CloseReason.RoomUnavailable, "The room is not open; ask for a match again.");
                break;
        }
    }

    private void OnImage(RoomSubscription answer, in RoomFrame image, long now)
    {
        _subscriber.OnHeard();
        if (_frames.IsOutdated(image.Header))
            return;
        TickRate = Math.Clamp(answer.TickRate, 1, 1000);
        if (Undoes(answer, image.Header))
            LoseHistory();
        if (!ApplyImage(image, answer, now))
            return;
        _sender.OnImage(answer.LastSequence, _members);
        ApplyFrames(now);
    }

    /// <summary>Within an epoch a room only goes on; a later one says whether it does.</summary>
    private bool Undoes(RoomSubscription answer, in FrameHeader image) =>
        _frames.HasImage && image.Epoch != _frames.Epoch && !(answer.Continues && image.Tick >= Broadcast.Tick);

    /// <summary>
    /// What players here have seen did not happen: their views, predictions and input chains are wrong. They connect again, which costs
    /// them a moment, and the log that led there is worth nothing.
    /// </summary>
    private void LoseHistory()
    {
        _metrics.HistoriesLost.Add(1);
        if (!_historyWasLost)
            EdgeLog.HistoryLost(_logger, Room);
        _historyWasLost = true;
        _members.Lose(CloseReason.RoomUnavailable, "The room lost a part of its history; connect again.");
        Log.Clear();
    }

    private bool ApplyImage(in RoomFrame image, RoomSubscription answer, long now)
    {
        var isFirst = !_frames.HasImage;
        var seenTick = Broadcast.Tick;
        _events.Clear();
        if (!image.TryReadEvents(_events) || !Broadcast.TryApply(image.Header, image.Changes))
        {
            EdgeLog.FrameRefused(_logger, Room);
            return false;
        }

        _events.RemoveAll(e => isFirst || e.Tick <= seenTick || IsFarewell(in e));
        _frames.OnApplied(image.Header);
        _members.AddMissedJoins(Broadcast, _events);
        if (!isFirst && !answer.Continues)
            JoinAgain();
        if (answer.Log is { } log)
            _retention.Take(log, image.Header.Tick, _options.RetentionBytes - Outbox.Bytes, TickRate);
        OnApplied(image.Header, now);
        return true;
    }

    // A room that took this gateway for gone says goodbye to its players; they are still here and join again.
    private static bool IsFarewell(in RoomEvent roomEvent) =>
        roomEvent.Kind == RoomEventKind.Left && roomEvent.Reason == (byte)LeaveReason.GatewayGone;

    // Without the events, nothing shows whom the missed frames let in without a ship (dead, or watching), so they ask again: a second
    // Join of the same connection only repeats the answer.
    private void JoinAgain()
    {
        _commands.Clear();
        _members.AddUnanswered(_events, _commands);
        foreach (var join in _commands)
            TrySubmit(join);
    }

    private void ApplyFrames(long now)
    {
        while (_frames.TryTakeNext(now, out var frame))
            Apply(frame, now);
    }

    private void Apply(in RoomFrame frame, long now)
    {
        var header = frame.Header;
        _commands.Clear();
        _events.Clear();
        if (!frame.TryReadCommands(_commands) || !frame.TryReadEvents(_events) || !Broadcast.TryApply(header, frame.Changes))
        {
            EdgeLog.FrameRefused(_logger, Room);
            _frames.WantsImage = true;
            return;
        }

        _frames.OnApplied(header);
        _sender.Acknowledge(_commands, _members);
        _events.RemoveAll(static e => IsFarewell(in e));
        _retention.Keep(header, frame.Commands, _options.RetentionBytes - Outbox.Bytes, TickRate);
        var span = FrameTraces.Begin(Room, header);
        OnApplied(header, now);
        Spans.End(span);
    }

    private void OnApplied(in FrameHeader header, long now)
    {
        _retention.OnApplied(header);
        _metrics.Frames.Add(1);
        EdgeLog.FrameApplied(_logger, Room, header.Epoch, header.Seq, header.Tick, header.StateHash);
        if (_watch.OnFrame(now) is >= SilenceWatch.LongMilliseconds and var silence)
            EdgeLog.RoomBack(_logger, Room, silence);
        _subscriber.OnHeard();
        Broadcast.Encode(_events, _members.Audience, TickRate);
        _members.Deliver(_events, Broadcast);
    }

    private void Watch(long now)
    {
        if (!_frames.HasImage)
            return;
        if (_watch.Begins(now, TickRate))
            _subscriber.OnSilent(now);
        if (_watch.TurnsLong(now))
            EdgeLog.RoomSilent(_logger, Room);

        if (_watch.SilentFor(now) >= RoomRetention.Seconds * 1000L)
            Fail(CloseReason.RoomUnavailable, "The room does not answer; try again.");
        else if (_watch.IsPauseDue(now))
            _members.Pause();
    }
}
