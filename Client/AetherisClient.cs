// A player's or spectator's connection to a room: everything happens in Poll.
using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Aetheris.Client.Connection;
using Aetheris.Client.Impairment;
using Aetheris.Client.Input;
using Aetheris.Client.Matching;
using Aetheris.Client.Prediction;
using Aetheris.Client.Quality;
using Aetheris.Client.Time;
using Aetheris.Client.Transport;
using Aetheris.Client.View;
using Aetheris.Protocol;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Events;
using Aetheris.Protocol.Identity;
using Aetheris.Protocol.Link;

namespace Aetheris.Client;

/// <summary>
/// Matches, connects, joins, sends one input per tick, keeps a view of the room and comes back after a lost connection.
/// No thread of its own; not thread-safe; in the steady state <see cref="Poll"/> allocates nothing. Call it at least once per tick.
/// </summary>
public sealed class AetherisClient : ITransportSink, IDisposable
{
    private const byte Codec = 1;
    private const long PingMicros = 1_000_000;
    private const long LingerMicros = 400_000;
    private const int MaxTargetsPerPoll = 16;

    private readonly ClientOptions _options;
    private readonly IMatchmaker _matchmaker;
    private readonly IClientClock _clock;
    private readonly Func<ITransport>? _transportFactory;
    private readonly ReconnectBackoff _backoff;
    private readonly InputSender _sender;
    private readonly Codec1Receiver _receiver;
    private readonly EventQueue _events = new();
    private readonly List<RoomEvent> _batch = new();
    private readonly ByteWriter _message = new(256);
    private CancellationTokenSource? _matchStop;
    private Task<MatchAnswer>? _match;
    private ITransport? _transport;
    private ITransport? _leaving;
    private long _leavingUntil;
    private long _deadline;
    private long _startedAt;
    private long _heardAt;
    private long _pingAt;
    private ulong _stateTick;
    private ulong _ackTick;
    private ulong _connections;
    private int _attempt;
    private double _inputPhase;
    private bool _wasInRoom;
    private bool _toggleMining;
    private bool _firePrimary;
    private ulong _miningTarget;
    private NetworkId _shipBefore;
    private ConnectionEpoch _connection;

    /// <summary>Creates a client; nothing happens before <see cref="Start"/>.</summary>
    public AetherisClient(ClientOptions options, IMatchmaker matchmaker, IClientClock clock)
        : this(options, matchmaker, clock, null)
    {
    }

    /// <summary>Creates a client over another transport.</summary>
    /// <param name="options">What to do.</param>
    /// <param name="matchmaker">Where to go.</param>
    /// <param name="clock">Time.</param>
    /// <param name="transportFactory">Makes one transport per connection; null = as the options say.</param>
    public AetherisClient(ClientOptions options, IMatchmaker matchmaker, IClientClock clock, Func<ITransport>? transportFactory)
    {
        _options = options;
        _matchmaker = matchmaker;
        _clock = clock;
        _transportFactory = transportFactory;
        _backoff = new ReconnectBackoff(options.Seed);
        _sender = new InputSender(options.Redundancy);
        _receiver = new Codec1Receiver(View);
        Inputs = new InputVerifier(Quality.Echo);
    }

    /// <summary>An event whose tick the view has reached.</summary>
    public event Action<RoomEvent>? EventReleased;

    /// <summary>Where the client is.</summary>
    public ClientState State { get; private set; }

    /// <summary>Why the client is not in its room, or was not at some time; null if nothing ever failed.</summary>
    public ClientFailure? LastFailure { get; private set; }

    /// <summary>Who the player is, once accepted.</summary>
    public PlayerId Player { get; private set; }

    /// <summary>The room, once accepted.</summary>
    public string Room { get; private set; } = string.Empty;

    /// <summary>What is known about the room.</summary>
    public ClientView View { get; } = new();

    /// <summary>Where the room's clock is.</summary>
    public ServerClock Clock { get; } = new();

    /// <summary>What became of the inputs.</summary>
    public InputVerifier Inputs { get; }

    /// <summary>The own ship, predicted.</summary>
    public OwnShipPrediction Prediction { get; } = new();

    /// <summary>Figures of the connection.</summary>
    public ClientQuality Quality { get; } = new();

    /// <summary>What the impairment did; zero without one.</summary>
    public ImpairmentTotals Impairment { get; } = new();

    /// <summary>What the player holds; sent with every tick until changed.</summary>
    public PilotIntent Intent { get; set; }

    /// <summary>Bytes and messages over all connections.</summary>
    public TransportCounters Traffic
    {
        get
        {
            var sum = Quality.Closed;
            if (_transport is not null)
                sum.Add(_transport.Counters);
            return sum;
        }
    }

    internal ClientFaults Faults { get; } = new();

    /// <summary>Begins to match, connect and join. Does nothing unless disconnected.</summary>
    public void Start()
    {
        if (State != ClientState.Disconnected)
            return;
        _wasInRoom = false;
        _backoff.Reset();
        BeginMatch(_clock.NowMicros);
    }

    /// <summary>Leaves for good: the ship goes at once. The gateway is told in the next <see cref="Poll"/>s.</summary>
    public void Leave()
    {
        if (_transport is not null && State is ClientState.Joining or ClientState.InRoom)
        {
            Send(new ControlMessage { Kind = ControlKind.Close, Code = CloseReason.Quit, Connection = _connection }, reliable: true);
            _transport!.Flush();
            DropLeaving();
            _leaving = _transport;
            _leavingUntil = _clock.NowMicros + LingerMicros;
            Retire(_transport);
            _transport = null;
        }

        Stop();
    }

    /// <summary>Drops the connection as if it were lost, without quitting, and comes back: the ship waits in its grace period.</summary>
    public void Reconnect()
    {
        if (State != ClientState.InRoom)
            return;
        RememberShip();
        DropTransport();
        BeginMatch(_clock.NowMicros);
    }

    /// <summary>Asks for the mining beam to be switched, once.</summary>
    public void ToggleMining(NetworkId target)
    {
        _toggleMining = true;
        _miningTarget = target.Value;
    }

    /// <summary>Asks for one shot.</summary>
    public void FirePrimary() => _firePrimary = true;

    /// <summary>Does everything that is due: receives, sends, decides.</summary>
    public void Poll()
    {
        var now = _clock.NowMicros;
        PollMatch(now);
        _transport?.Poll(this);
        PollLeaving(now);
        CheckDeadlines(now);
        SendInputs(now);
        ReleaseEvents();
        Prediction.Reconcile(View);
        _transport?.Flush();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Stop();
        DropLeaving();
    }

    /// <inheritdoc />
    void ITransportSink.OnConnected()
    {
        var now = _clock.NowMicros;
        State = ClientState.Joining;
        _deadline = now + _options.JoinDeadlineMicros;
        _heardAt = now;
        _stateTick = 0;
        _ackTick = 0;
        View.Clear();
        _events.Clear();
        _receiver.Reset();
        _sender.Reset();
        Inputs.Reset();
        Quality.Acks.Reset();
        Clock.Stop();
    }

    /// <inheritdoc />
    void ITransportSink.OnMessage(ReadOnlySpan<byte> message, bool reliable)
    {
        if (_transport is null || message.Length == 0)
            return;
        var now = _clock.NowMicros;
        _heardAt = now;
        switch ((LinkKind)message[0])
        {
            case LinkKind.Control when ControlMessage.TryRead(message, out var control):
                OnControl(control, now);
                break;
            case LinkKind.Codec1:
                OnState(message.Slice(1), now);
                break;
            case LinkKind.Events when EventBatch.TryRead(message, out var epoch, out _, _batch):
                OnEvents(epoch, now);
                break;
            default:
                Quality.Malformed++;
                break;
        }
    }

    /// <inheritdoc />
    void ITransportSink.OnClosed(string reason, ReadOnlySpan<byte> data)
    {
        if (data.Length > 0 && ControlMessage.TryRead(data, out var last) && last.Kind is ControlKind.Reject or ControlKind.Close)
            OnClosed(last.Code, last.Reason, reason);
        else
            Fail(new ClientFailure(CloseReason.None, reason, IsFinal: false));
    }

    private static bool IsFinal(CloseReason code) => code is CloseReason.Quit or CloseReason.UnsupportedVersion or CloseReason.Policy
        or CloseReason.Replaced or CloseReason.Revoked or CloseReason.Full or CloseReason.RoomClosing;

    private void BeginMatch(long now)
    {
        _startedAt = now;
        _deadline = now + _options.MatchDeadlineMicros;
        State = ClientState.Matching;
        _matchStop?.Dispose();
        _matchStop = new CancellationTokenSource();
        try
        {
            _match = _matchmaker.MatchAsync(_attempt, _options.Room, _options.Template, _options.Spectate, _matchStop.Token);
        }
        catch (MatchException e)
        {
            _match = null;
            Fail(new ClientFailure(CloseReason.None, e.Message, e.IsFinal));
        }
    }

    private void PollMatch(long now)
    {
        if (_match is not { IsCompleted: true } || State != ClientState.Matching)
            return;
        var match = _match;
        _match = null;
        if (match.Status != TaskStatus.RanToCompletion)
        {
            var error = match.Exception?.GetBaseException();
            Fail(new ClientFailure(CloseReason.None, error?.Message ?? "no answer from the server", error is MatchException { IsFinal: true }));
            return;
        }

        var answer = match.Result;
        var gateway = answer.Gateways[_backoff.Attempts % answer.Gateways.Count];
        _message.Clear();
        new ConnectRequest(ProtocolVersions.Link, Codec, _options.Spectate, answer.ConnectToken).Write(_message);
        _transport = CreateTransport();
        _connections++;
        _deadline = now + _options.ConnectDeadlineMicros;
        State = ClientState.Connecting;
        _transport.Connect(gateway, _message.Written);
    }

    private ITransport CreateTransport()
    {
        if (_transportFactory is not null)
            return _transportFactory();
        var impairment = _options.Impairment is { IsActive: true } asked
            ? asked with { Seed = unchecked(asked.Seed + (_connections * 0x9E3779B97F4A7C15ul)) }
            : null;
        return _options.Transport == TransportKind.WebSocket
            ? new WebSocketTransport(_clock, impairment)
            : new UdpTransport(_clock, impairment is null ? null : new LinkImpairment(impairment, _clock, Impairment));
    }

    private void PollLeaving(long now)
    {
        if (_leaving is null)
            return;
        _leaving.Poll(Deaf.Instance);
        if (now >= _leavingUntil)
            DropLeaving();
    }

    private void CheckDeadlines(long now)
    {
        switch (State)
        {
            case ClientState.Matching when now > _deadline:
                Fail(new ClientFailure(CloseReason.Timeout, "the server did not answer the match call in time", IsFinal: false));
                break;
            case ClientState.Connecting when now > _deadline:
                Fail(new ClientFailure(CloseReason.Timeout, "the gateway did not answer in time", IsFinal: false));
                break;
            case ClientState.Joining when now > _deadline:
                Fail(new ClientFailure(CloseReason.Timeout, "the room did not let the player in in time", IsFinal: false));
                break;
            case ClientState.InRoom when now - _heardAt > _options.SilenceMicros:
                Fail(new ClientFailure(CloseReason.Timeout, "the gateway went silent", IsFinal: false));
                break;
            case ClientState.Reconnecting when now >= _deadline:
                BeginMatch(now);
                break;
        }
    }

    private void OnControl(in ControlMessage message, long now)
    {
        switch (message.Kind)
        {
            case ControlKind.Accept when State == ClientState.Joining && !Clock.IsRunning:
                OnAccept(message, now);
                break;
            case ControlKind.Reject:
            case ControlKind.Close:
                OnClosed(message.Code, message.Reason, "the gateway closed the connection");
                break;
            case ControlKind.Redirect:
                Fail(new ClientFailure(CloseReason.GoingAway, "the gateway sends its clients to another", IsFinal: false));
                break;
            case ControlKind.Clock:
                if (View.RoomEpoch <= message.RoomEpoch)
                    View.EnterEpoch(message.RoomEpoch);
                SeeTick(message.Tick, now);
                break;
            case ControlKind.InputAck:
                OnInputAck(message, now);
                break;
            case ControlKind.Pause:
                Inputs.OnReceived(message.ReceivedSequence, message.ReceivedHistory);
                Clock.ObservePause();
                break;
            case ControlKind.Pong:
                var roundTrip = now - unchecked((long)message.Stamp);
                if (roundTrip is >= 0 and < 10_000_000)
                    Quality.RoundTripMicros = roundTrip;
                break;
        }
    }

    private void OnAccept(in ControlMessage message, long now)
    {
        _connection = message.Connection;
        Player = message.Player;
        Room = message.Text ?? string.Empty;
        View.EnterEpoch(message.RoomEpoch);
        Clock.Start(now, message.Tick, message.TickRate, _transport!.RoundTripMicros);
        Prediction.Reset(Clock.TickRate);
        _inputPhase = 0;
        _pingAt = now;
    }

    private void OnClosed(CloseReason code, string? text, string otherwise) =>
        Fail(new ClientFailure(code, string.IsNullOrEmpty(text) ? code == CloseReason.None ? otherwise : "refused: " + code : text!, IsFinal(code)));

    private void OnInputAck(in ControlMessage message, long now)
    {
        if (Faults.WithholdAck)
        {
            Faults.WithholdAck = false;
            Faults.WithheldTick = message.Tick;
            return;
        }

        Quality.Acks.Observe(message.Tick);
        SeeTick(message.Tick, now);
        Inputs.OnReceived(message.ReceivedSequence, message.ReceivedHistory);
        Inputs.OnAck(message.Tick, message.AppliedTick, message.AppliedCount, message.InputChain, now);
        if (message.Tick <= _ackTick)
            return;
        _ackTick = message.Tick;
        if (message.AppliedCount > 0)
            Clock.ObserveMargin(now, message.Margin);
    }

    private void OnState(ReadOnlySpan<byte> message, long now)
    {
        _receiver.Receive(message, now);
        if (_receiver.LastTick <= _stateTick)
            return;
        _stateTick = _receiver.LastTick;
        Quality.Snapshots++;
        SeeTick(_stateTick, now);
    }

    private void OnEvents(uint roomEpoch, long now)
    {
        if (roomEpoch < View.RoomEpoch)
        {
            _batch.Clear();
            return;
        }

        View.EnterEpoch(roomEpoch);
        foreach (var value in _batch)
        {
            _events.Add(value);
            if (_transport is not null)
                OnOwnEvent(value, now);
        }

        _batch.Clear();
    }

    private void OnOwnEvent(in RoomEvent value, long now)
    {
        if (value.To.IsNone || value.To != Player || (value.Connection != ConnectionEpoch.None && value.Connection != _connection))
            return;
        switch (value.Kind)
        {
            case RoomEventKind.Joined:
                OnJoined(value.Entity, now);
                break;
            case RoomEventKind.Possession:
                View.Possess(value.Entity);
                break;
            case RoomEventKind.JoinRefused:
                var refusal = (JoinRefusal)value.Reason;
                Fail(new ClientFailure(CloseReason.Policy, "the room refused: " + refusal, refusal is not JoinRefusal.Closing));
                break;
            case RoomEventKind.Left:
                var reason = (LeaveReason)value.Reason;
                Fail(new ClientFailure(CloseReason.None, "left the room: " + reason, reason is not (LeaveReason.Lost or LeaveReason.GatewayGone)));
                break;
            case RoomEventKind.InputRejected:
                Inputs.OnRejected(unchecked(value.Tick + (ulong)value.Amount));
                Clock.ObserveRejection(now, value.Amount);
                break;
        }
    }

    private void OnJoined(NetworkId ship, long now)
    {
        Inputs.OnJoined();
        View.Possess(ship);
        if (State != ClientState.Joining)
            return;
        State = ClientState.InRoom;
        _backoff.Reset();
        Quality.Join.Record(now - _startedAt);
        Quality.SkipGap(now);
        if (_wasInRoom)
        {
            Quality.Reconnects++;
            if (ship == _shipBefore)
                Quality.SameShip++;
        }

        _wasInRoom = true;
    }

    private void SeeTick(ulong tick, long now)
    {
        if (Clock.IsRunning && Clock.ObserveTick(now, tick))
            Quality.SeeTick(tick, now);
    }

    private void SendInputs(long now)
    {
        if (State != ClientState.InRoom || _transport is null)
            return;
        if (now - _pingAt >= PingMicros)
        {
            _pingAt = now;
            Send(new ControlMessage { Kind = ControlKind.Ping, Stamp = unchecked((ulong)now) }, reliable: false);
        }

        var rate = Math.Min(1.0, Math.Max(0, _options.InputHz) / (double)Clock.TickRate);
        for (var i = 0; i < MaxTargetsPerPoll && Clock.TryTakeTarget(now, out var target); i++)
        {
            _inputPhase += rate;
            if (_options.Spectate || _inputPhase < 1)
                continue;
            _inputPhase -= 1;
            SendInput(target, now);
        }
    }

    private void SendInput(ulong target, long now)
    {
        var buttons = (Intent.Fire ? InputButtons.Fire : InputButtons.None)
            | (_firePrimary ? InputButtons.FirePrimary : InputButtons.None)
            | (_toggleMining ? InputButtons.ToggleMining : InputButtons.None);
        var input = new ShipInput
        {
            TargetTick = target,
            MoveX = Intent.MoveX,
            MoveY = Intent.MoveY,
            Buttons = buttons,
            ViewDelay = (byte)Math.Min(byte.MaxValue, target - Math.Min(target, Clock.NewestTick)),
            MiningTarget = _toggleMining ? _miningTarget : 0,
        };
        if (!_sender.TryAdd(input))
            return;
        _firePrimary = false;
        _toggleMining = false;
        Inputs.Sent(_sender.Sequence, input, now);
        Prediction.OnInput(input, View);
        if (PlantFault())
            return;
        _transport!.Send(_sender.BuildPacket(), reliable: false);
    }

    private bool PlantFault()
    {
        if (Faults.AlterInput && Inputs.TryAlterCopy(_sender.Sequence))
        {
            Faults.AlterInput = false;
            Faults.AlteredSequence = _sender.Sequence;
            return false;
        }

        if (!Faults.DropInput)
            return false;
        Faults.DropInput = false;
        Faults.DroppedSequence = _sender.Sequence;
        _sender.ForgetUpToNewest();
        return true;
    }

    private void ReleaseEvents()
    {
        while (_events.TryRelease(Clock.NewestTick, out var value))
        {
            if (value.Kind == RoomEventKind.Despawned)
                View.Despawn(value.Entity);
            EventReleased?.Invoke(value);
        }
    }

    private void Send(in ControlMessage message, bool reliable)
    {
        _message.Clear();
        message.Write(_message);
        _transport!.Send(_message.Written, reliable);
    }

    private void Fail(ClientFailure failure)
    {
        LastFailure = failure;
        if (State == ClientState.InRoom)
        {
            Quality.Disconnects++;
            RememberShip();
        }

        if (failure.IsFinal || _backoff.Attempts >= _options.MaxReconnectAttempts)
        {
            Stop();
            return;
        }

        DropTransport();
        CancelMatch();
        _attempt++;
        State = ClientState.Reconnecting;
        _deadline = _clock.NowMicros + _backoff.NextMicros();
    }

    private void Stop()
    {
        DropTransport();
        CancelMatch();
        State = ClientState.Disconnected;
    }

    private void CancelMatch()
    {
        _matchStop?.Cancel();
        _matchStop?.Dispose();
        _matchStop = null;
        _match = null;
    }

    private void RememberShip() => _shipBefore = View.OwnShip;

    private void DropTransport()
    {
        if (_transport is null)
            return;
        var transport = _transport;
        _transport = null;
        Clock.Stop();
        transport.Close();
        Retire(transport);
        transport.Dispose();
    }

    private void Retire(ITransport transport) => Quality.Closed.Add(transport.Counters);

    private void DropLeaving()
    {
        _leaving?.Close();
        _leaving?.Dispose();
        _leaving = null;
    }

    /// <summary>Hears nothing: for a connection that only delivers its goodbye.</summary>
    private sealed class Deaf : ITransportSink
    {
        public static readonly Deaf Instance = new();

        public void OnConnected()
        {
        }

        public void OnMessage(ReadOnlySpan<byte> message, bool reliable)
        {
        }

        public void OnClosed(string reason, ReadOnlySpan<byte> data)
        {
        }
    }
}
