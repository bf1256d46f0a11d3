// One connection from its first message to its last.
using System.Diagnostics;
using Aetheris.Auth.Tokens;
using Aetheris.Gateway.Edge;
using Aetheris.Gateway.Replication;
using Aetheris.Gateway.Replication.Codec2;
using Aetheris.Gateway.Rooms;
using Aetheris.Grains.Interfaces.Sessions;
using Aetheris.Grains.Interfaces.Shard;
using Aetheris.Grains.Interfaces.Tracing;
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Events;
using Aetheris.Protocol.Identity;
using Aetheris.Protocol.Link;

namespace Aetheris.Gateway.Connections;

/// <summary>
/// Handshake → Authenticated → InRoom → Closing, each with a deadline. Runs on the edge thread; asynchronous answers are polled, so
/// that nothing here is ever called from elsewhere.
/// </summary>
public sealed class ConnectionStateMachine : IRoomMember
{
    private const int HandshakeMilliseconds = 5000;
    private const int JoinMilliseconds = 5000;
    private const int IdleMilliseconds = 10_000;
    private const int ClosingMilliseconds = 1000;
    private const int MaxAuthFailures = 3;

    private readonly ConnectionServices _services;
    private readonly ConnectHandshake _handshake;
    private readonly LeaseKeeper _lease;
    private readonly ControlSender _control;
    private readonly ClientMessages _messages;
    private readonly long _openedAt;
    private Activity? _join = Spans.Begin("aetheris.join");
    private ConnectClaims? _claims;
    private Replicator? _replicator;
    private Codec2Sender? _codec2;
    private RoomLink? _link;
    private byte[] _lastWords = [];
    private long _deadline;
    private long _lastHeard;
    private uint _acceptedEpoch;
    private int _authFailures;
    private bool _isRedirected;
    private long _joinedAt;
    private long _actedAt;

    /// <summary>Starts with the client's connect request.</summary>
    /// <param name="transport">The transport connection.</param>
    /// <param name="services">What all connections share.</param>
    /// <param name="request">The connect request.</param>
    /// <param name="shown">What a transport knows that let its client in by a connect token; null for the others.</param>
    /// <param name="now">Milliseconds.</param>
    public ConnectionStateMachine(IConnection transport, ConnectionServices services, ReadOnlySpan<byte> request, ConnectClaims? shown, long now)
    {
        Transport = transport;
        _services = services;
        _openedAt = now;
        _lastHeard = now;
        _deadline = now + HandshakeMilliseconds;
        _control = new ControlSender(transport, services);
        _lease = new LeaseKeeper(services);
        _messages = new ClientMessages(this, _control, services, now);
        _handshake = new ConnectHandshake(services.Tokens);
        if (_handshake.Begin(request, shown) is { } refusal)
            Refuse(refusal);
    }

    /// <summary>The transport connection.</summary>
    public IConnection Transport { get; }

    /// <summary>Where it is in its life.</summary>
    public ConnectionStage Stage { get; private set; }

    /// <summary>Why it ended; meaningful from Closing on.</summary>
    public CloseReason Reason { get; private set; }

    /// <inheritdoc />
    public PlayerId Player => _claims?.Access.Player ?? PlayerId.None;

    /// <inheritdoc />
    public ConnectionEpoch Connection => _lease.Connection;

    /// <inheritdoc />
    public Audience Codec => _handshake.RequestCodec;

    /// <summary>What decides about its codec-2 state; null with codec 1 and before the room was entered.</summary>
    public Codec2Replicator? Replicator2 => _codec2?.Replicator;

    /// <inheritdoc />
    public bool HasJoined => Stage == ConnectionStage.InRoom;

    /// <summary>The room, once one was entered.</summary>
    public RoomLink? Link => _link;

    /// <summary>Role of the lease.</summary>
    public string Role => _lease.Role;

    /// <summary>Whether privileged messages are honoured.</summary>
    public bool IsPrivileged => _services.IsDevelopment || string.Equals(_lease.Role, PlayerRole.Admin, StringComparison.Ordinal);

    /// <summary>Whether the player watches without a ship.</summary>
    public bool Spectates => _claims!.Spectate || _handshake.RequestSpectates;

    /// <summary>Whether the client wants the events that codec 1 can say as codec-1 messages.</summary>
    public bool WantsCodec1Events => _handshake.RequestCodec1Events;

    /// <summary>The player's name.</summary>
    public string Name => _claims?.Access.Name ?? string.Empty;

    /// <summary>Fragmented messages of the client that are incomplete.</summary>
    public int OpenFragments => _messages.OpenFragments;

    /// <summary>The player's ship, as the replica knows it.</summary>
    public bool TryGetShip(out NetworkId ship)
    {
        ship = NetworkId.None;
        if (_link is null || !_link.Broadcast.Replica.TryGetShip(Player, out var slot))
            return false;
        ship = _link.Broadcast.Replica.Entities.IdOf(slot);
        return true;
    }

    /// <summary>A message from the client.</summary>
    public void Receive(ReadOnlySpan<byte> message, bool reliable)
    {
        if (Stage >= ConnectionStage.Closing)
            return;
        _lastHeard = _services.Clock.Now;
        _services.Metrics.CountInbound();
        if (Stage == ConnectionStage.InRoom && EndIfOver(_lastHeard))
            return;
        _lease.Touch(_lastHeard);
        _messages.Receive(message, reliable, _lastHeard);
    }

    /// <summary>The transport dropped something of the client that no client of ours sends; too much of it ends the connection.</summary>
    public void Violate(long now)
    {
        if (Stage < ConnectionStage.Closing)
            _messages.Violate(now);
    }

    /// <summary>The time, in milliseconds of the edge's clock.</summary>
    public long Now => _services.Clock.Now;

    /// <summary>The client did something that no honest client does.</summary>
    public void Suspect(SuspicionKind kind) => _lease.Suspicion.Note(kind, _services.Clock.Now);

    /// <summary>The player did something.</summary>
    public void Acted() => _actedAt = _lastHeard;

    /// <summary>This connection as operators see it; null unless it is in its room.</summary>
    public LiveSession? ToLiveSession() => Stage != ConnectionStage.InRoom
        ? null
        : new LiveSession(
            Player, _claims!.Access.Name, Role, _link!.Room, _services.Gateway, Transport.Transport,
            (int)((_services.Clock.Now - _joinedAt) / 1000), (int)((_services.Clock.Now - _actedAt) / 1000), _lease.Suspicion.Score);

    /// <summary>A game's own command, which came by another way than the link; it counts against the same budget.</summary>
    /// <returns>False when the connection is not in its room, or may not send so much.</returns>
    public bool TryCommand(CommandKind kind, byte[] payload)
    {
        var now = _services.Clock.Now;
        return Stage == ConnectionStage.InRoom && !EndIfOver(now) && _messages.TryCommand(kind, payload, now);
    }

    /// <summary>The client says which state datagrams it has.</summary>
    public void Acknowledge(ushort newest, ulong history) => _codec2?.Replicator.Acknowledge(newest, history);

    /// <summary>A token presented in flight; the answer comes as AuthResult.</summary>
    public void Renew(string token)
    {
        if (!_lease.TryRenew(token))
            _services.Metrics.Drop("renewal_pending");
    }

    /// <summary>The transport connection is gone.</summary>
    public void Lost()
    {
        if (Stage == ConnectionStage.Closed)
            return;
        if (Stage != ConnectionStage.Closing)
            CountSessionClosed();
        Leave(Stage == ConnectionStage.Closing ? Reason : CloseReason.Timeout);
        Stage = ConnectionStage.Closed;
    }

    /// <summary>Deadlines and answers.</summary>
    public void Step(long now)
    {
        switch (Stage)
        {
            case ConnectionStage.Handshake:
                StepHandshake(now);
                break;
            case ConnectionStage.Authenticated:
                StepAuthenticated(now);
                break;
            case ConnectionStage.InRoom:
                StepInRoom(now);
                break;
            case ConnectionStage.Closing when now >= _deadline || !Transport.IsOpen:
                Finish();
                break;
            default:
                break;
        }
    }

    /// <summary>Says why and ends the connection.</summary>
    public void Close(CloseReason reason, string? text = null)
    {
        if (Stage >= ConnectionStage.Closing)
            return;
        var message = new ControlMessage
        {
            Kind = Stage == ConnectionStage.InRoom ? ControlKind.Close : ControlKind.Reject,
            Code = reason,
            Connection = Connection,
            Reason = text ?? CloseText.Of(reason),
        };
        CountSessionClosed();
        if (Stage == ConnectionStage.InRoom && CloseText.ToRevocation(reason) is { } revocation)
            _services.Metrics.SessionsRevoked.Add(revocation);
        Leave(reason);
        Stage = ConnectionStage.Closing;
        _deadline = _services.Clock.Now + ClosingMilliseconds;
        _lastWords = _control.Send(message, reliable: true).ToArray();
    }

    /// <summary>Tells a client in its room, once, to go on at another gateway; it stays served until it leaves.</summary>
    public bool TryRedirect(string host, ushort port)
    {
        if (Stage != ConnectionStage.InRoom || _isRedirected)
            return false;
        _isRedirected = true;
        _control.Send(
            new ControlMessage { Kind = ControlKind.Redirect, Text = host, Port = port, Reason = CloseText.Of(CloseReason.GoingAway) }, reliable: true);
        return true;
    }

    /// <summary>The client says goodbye.</summary>
    public void Quit(CloseReason reason)
    {
        CountSessionClosed();
        Leave(reason == CloseReason.Quit ? CloseReason.Quit : CloseReason.Timeout);
        Finish();
    }

    /// <summary>Somebody in the room said something.</summary>
    public void Hear(ChatLine line)
    {
        if (Stage != ConnectionStage.InRoom || !_handshake.RequestChat || !string.Equals(_link?.Room, line.Room, StringComparison.Ordinal))
            return;
        _control.Send(new ControlMessage { Kind = ControlKind.Chat, Player = line.Player, Text = line.Name, Reason = line.Text }, reliable: true);
    }

    /// <inheritdoc />
    public Command CreateJoin() => new()
    {
        Kind = CommandKind.Join,
        Player = Player,
        Connection = Connection,
        Name = _claims!.Access.Name,
        Spectator = Spectates,
        Privileged = string.Equals(_lease.Role, PlayerRole.Admin, StringComparison.Ordinal),
    };

    /// <inheritdoc />
    public void OnEvent(in RoomEvent roomEvent)
    {
        switch (roomEvent.Kind)
        {
            case RoomEventKind.Joined when Stage == ConnectionStage.Authenticated:
                OnJoined();
                break;
            case RoomEventKind.Possession when Stage == ConnectionStage.InRoom:
                _messages.OnPossession(roomEvent.Entity);
                break;
            case RoomEventKind.JoinRefused:
                Close(CloseText.FromRefusal((JoinRefusal)roomEvent.Reason));
                break;
            case RoomEventKind.Left:
                Close(CloseText.FromLeave((LeaveReason)roomEvent.Reason));
                break;
            default:
                break;
        }
    }

    /// <inheritdoc />
    public void OnFrame(RoomBroadcast broadcast)
    {
        if (Stage != ConnectionStage.InRoom)
            return;
        try
        {
            if (_acceptedEpoch != broadcast.Epoch)
            {
                _acceptedEpoch = broadcast.Epoch;
                _control.Accept(_link!, Player, Connection);
            }

            _messages.BeforeFrame(broadcast.Tick);
            _replicator?.Send(broadcast, in _messages.Inputs, in _messages.Slack);
            _codec2?.Send(broadcast, in _messages.Inputs, in _messages.Slack);
            _messages.OnFrame();
            _lease.Suspicion.OnTick();
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            Fail(exception);
        }
    }

    /// <inheritdoc />
    public void OnPause()
    {
        if (Stage == ConnectionStage.InRoom)
            _control.Pause(_link!.Broadcast.Tick, in _messages.Inputs);
    }

    /// <inheritdoc />
    public void OnRoomLost(CloseReason reason, string text) => Close(reason, text);

    /// <summary>Closes after an exception; the client is told no more than that it is over.</summary>
    public void Fail(Exception exception)
    {
        _services.Metrics.EdgeErrors.Add(1);
        EdgeLog.ConnectionFailed(_services.Logger, Player.ToString(), exception);
        Close(CloseReason.GoingAway, "The gateway could not go on with this connection; connect again.");
    }

    private void Refuse(in Refusal refusal)
    {
        _services.Metrics.AuthFailures.Add(refusal.Label);
        Close(refusal.Reason, refusal.Text);
    }

    private void StepHandshake(long now)
    {
        if (!_handshake.TryEnd(out var claims, out var refusal))
        {
            if (now >= _deadline)
                Refuse(new Refusal(CloseReason.Timeout, "timeout"));
            return;
        }

        _claims = claims;
        if (refusal is { } refused)
        {
            Refuse(refused);
            return;
        }

        Stage = ConnectionStage.Authenticated;
        _deadline = now + JoinMilliseconds;
        using (Spans.Enter(_join))
            _lease.Claim(claims!);
    }

    private void StepAuthenticated(long now)
    {
        if (!_lease.TryEndClaim(now, out var lease, out var failure))
        {
            if (now >= _deadline)
                Close(CloseReason.RoomUnavailable, "The room did not answer in time; try again.");
        }
        else if (lease is null)
        {
            EdgeLog.SessionCallFailed(_services.Logger, failure ?? string.Empty);
            Close(CloseReason.RoomUnavailable, "Sessions cannot be reached; try again.");
        }
        else if (!lease.Granted)
        {
            Refuse(new Refusal((CloseReason)lease.Refusal, "session"));
        }
        else
        {
            _link = _services.Rooms.Get(_claims!.Room, now);
            _link.Enter(this);
        }
    }

    private void OnJoined()
    {
        Stage = ConnectionStage.InRoom;
        var now = _services.Clock.Now;
        _lastHeard = now;
        _joinedAt = now;
        _actedAt = now;
        _lease.Start(_link!.Broadcast.Tick, now);
        _messages.OnJoined(_link.TickRate, now);
        if (Codec == Audience.Codec2)
            _codec2 = new Codec2Sender(Transport, Player, Connection, WantsCodec1Events, _services.Rooms.Codec2.Settings, _services.Metrics);
        else
            _replicator = new Replicator(Transport, Player, Connection, WantsCodec1Events, _services.Metrics);
        _services.Metrics.SessionStart.Record((now - _openedAt) / 1000.0);
        _join?.SetTag("aetheris.room", _link.Room);
        Spans.End(_join);
        _join = null;
    }

    private void StepInRoom(long now)
    {
        if (_lease.TryEndRenewal(out var renewal))
            OnRenewed(renewal);
        if (Stage != ConnectionStage.InRoom || EndIfOver(now))
            return;
        if (_lease.Refresh(_link!.Broadcast.Tick, now) is { } reason)
            Close(reason);
        else if (_lease.Suspicion.Score >= SuspicionLevel.Kick)
            Close(CloseReason.Violation, "The server saw too much that no honest client does.");
        else if (_services.Options.AfkSeconds is > 0 and var afk && !Spectates && now - _actedAt >= afk * 1000L)
            Close(CloseReason.Idle, "You did nothing for too long; connect again.");
        else if (now - _lastHeard >= IdleMilliseconds && Transport.SilentMilliseconds >= IdleMilliseconds)
            Close(CloseReason.Timeout);
    }

    private void OnRenewed(LeaseRenewal renewal)
    {
        _control.AuthResult(renewal);
        if (renewal.Label is null)
            return;
        _services.Metrics.AuthFailures.Add(renewal.Label);
        if (++_authFailures >= MaxAuthFailures)
            Close(renewal.Reason, "Too many tokens were refused; sign in again.");
    }

    private bool EndIfOver(long now)
    {
        switch (_lease.Judge(now))
        {
            case LeaseState.Expired:
                Close(CloseReason.ExpiredToken);
                return true;
            case LeaseState.Idle:
                Close(CloseReason.Idle);
                return true;
            default:
                return false;
        }
    }

    private void CountSessionClosed()
    {
        if (Stage == ConnectionStage.InRoom)
            _services.Metrics.TransportEvents.Add("session_closed");
    }

    private void Leave(CloseReason reason)
    {
        Reason = reason;
        Spans.End(_join, reason.ToString());
        _join = null;
        _messages.Forget();
        var link = _link;
        _link = null;
        link?.Exit(this, CloseText.ToLeave(reason), _services.Clock.Now);
        if (Connection == ConnectionEpoch.None || link is null)
            return;
        _services.Sessions.ReleaseAsync(Player, Connection).Forget();
    }

    private void Finish()
    {
        Stage = ConnectionStage.Closed;
        Transport.Close(_lastWords);
    }
}
