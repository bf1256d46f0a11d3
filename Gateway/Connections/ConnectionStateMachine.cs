// One connection from its first message to its last.
using Aetheris.Auth.Tokens;
using Aetheris.Gateway.Edge;
using Aetheris.Gateway.Replication;
using Aetheris.Gateway.Rooms;
using Aetheris.Grains.Interfaces.Sessions;
using Aetheris.Protocol;
using Aetheris.Protocol.Binary;
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
    private const int LeaseCheckMilliseconds = 1000;

    private readonly ConnectionServices _services;
    private readonly ByteWriter _scratch = new(256);
    private readonly ConnectHandshake _handshake;
    private readonly ClientMessages _messages;
    private readonly long _openedAt;
    private Task<SessionLease>? _lease;
    private ConnectClaims? _claims;
    private Replicator? _replicator;
    private RoomLink? _link;
    private byte[] _lastWords = [];
    private DateTimeOffset _leaseEnd;
    private long _deadline;
    private long _lastHeard;
    private long _nextCheck;
    private uint _acceptedEpoch;

    /// <summary>Starts with the client's connect request.</summary>
    public ConnectionStateMachine(IConnection transport, ConnectionServices services, ReadOnlySpan<byte> request, long now)
    {
        Transport = transport;
        _services = services;
        _openedAt = now;
        _lastHeard = now;
        _deadline = now + HandshakeMilliseconds;
        _messages = new ClientMessages(this, services, now);
        _nextCheck = now;
        _handshake = new ConnectHandshake(services.Tokens);
        if (_handshake.Begin(request) is { } refusal)
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
    public ConnectionEpoch Connection { get; private set; }

    /// <inheritdoc />
    public bool HasJoined => Stage == ConnectionStage.InRoom;

    /// <summary>The room, once one was entered.</summary>
    public RoomLink? Link => _link;

    /// <summary>Whether privileged messages are honoured.</summary>
    public bool IsPrivileged => _services.IsDevelopment || _claims?.Access.Role == PlayerRole.Admin;

    /// <summary>A message from the client.</summary>
    public void Receive(ReadOnlySpan<byte> message, bool reliable)
    {
        if (Stage >= ConnectionStage.Closing)
            return;
        _lastHeard = _services.Clock.Now;
        _services.Metrics.CountInbound();
        _messages.Receive(message, reliable, _lastHeard);
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
        Leave(reason);
        Stage = ConnectionStage.Closing;
        _deadline = _services.Clock.Now + ClosingMilliseconds;
        _scratch.Clear();
        message.Write(_scratch);
        _lastWords = _scratch.Written.ToArray();
        Transport.Send(_lastWords, reliable: true);
    }

    /// <summary>The client says goodbye.</summary>
    public void Quit(CloseReason reason)
    {
        CountSessionClosed();
        Leave(reason == CloseReason.Quit ? CloseReason.Quit : CloseReason.Timeout);
        Finish();
    }

    /// <summary>Sends a control message.</summary>
    public void Send(in ControlMessage message, bool reliable)
    {
        _scratch.Clear();
        message.Write(_scratch);
        Transport.Send(_scratch.Written, reliable);
    }

    /// <inheritdoc />
    public Command CreateJoin() => new()
    {
        Kind = CommandKind.Join,
        Player = Player,
        Connection = Connection,
        Name = _claims!.Access.Name,
        Spectator = _claims.Spectate || _handshake.RequestSpectates,
        Privileged = _claims.Access.Role == PlayerRole.Admin,
    };

    /// <inheritdoc />
    public void OnEvent(in RoomEvent roomEvent)
    {
        switch (roomEvent.Kind)
        {
            case RoomEventKind.Joined when Stage == ConnectionStage.Authenticated:
                OnJoined();
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
                Accept();
            _messages.BeforeFrame(broadcast.Tick);
            _replicator!.Send(broadcast, in _messages.Inputs, in _messages.Slack);
            _messages.OnFrame();
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            Fail(exception);
        }
    }

    /// <inheritdoc />
    public void OnPause()
    {
        if (Stage != ConnectionStage.InRoom)
            return;
        Send(
            new ControlMessage
            {
                Kind = ControlKind.Pause,
                Tick = _link!.Broadcast.Tick,
                ReceivedSequence = _messages.Inputs.ReceivedSequence,
                ReceivedHistory = _messages.Inputs.ReceivedHistory,
            },
            reliable: false);
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
        _services.Metrics.AuthFailures.Add(1, new KeyValuePair<string, object?>("reason", refusal.Label));
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
            Refuse(refused);
        else
            Authenticate(claims!, now);
    }

    private void Authenticate(ConnectClaims claims, long now)
    {
        Stage = ConnectionStage.Authenticated;
        _deadline = now + JoinMilliseconds;
        var access = claims.Access;
        _lease = _services.Sessions.ClaimAsync(
            access.Player,
            new SessionClaim(access.Jti, access.Name, access.Role, access.IssuedAt, access.ExpiresAt, _services.Gateway, claims.Room));
    }

    private void StepAuthenticated(long now)
    {
        if (_lease is { IsCompleted: true } done && Connection == ConnectionEpoch.None)
        {
            _lease = null;
            if (!done.IsCompletedSuccessfully)
            {
                EdgeLog.SessionCallFailed(_services.Logger, done.Exception?.GetBaseException().Message ?? "cancelled");
                Close(CloseReason.RoomUnavailable, "Sessions cannot be reached; try again.");
                return;
            }

            if (!done.Result.Granted)
            {
                Refuse(new Refusal((CloseReason)done.Result.Refusal, "session"));
                return;
            }

            Connection = done.Result.Connection;
            _leaseEnd = done.Result.ExpiresAt;
            _link = _services.Rooms.Get(_claims!.Room, now);
            _link.Enter(this);
        }
        else if (now >= _deadline)
        {
            Close(CloseReason.RoomUnavailable, "The room did not answer in time; try again.");
        }
    }

    private void OnJoined()
    {
        Stage = ConnectionStage.InRoom;
        var now = _services.Clock.Now;
        _lastHeard = now;
        _nextCheck = now + LeaseCheckMilliseconds;
        _replicator = new Replicator(Transport, Player, Connection);
        _services.Metrics.SessionStart.Record((now - _openedAt) / 1000.0);
    }

    private void Accept()
    {
        var broadcast = _link!.Broadcast;
        _acceptedEpoch = broadcast.Epoch;
        Send(
            new ControlMessage
            {
                Kind = ControlKind.Accept,
                Connection = Connection,
                Player = Player,
                Text = _link.Room,
                RoomEpoch = broadcast.Epoch,
                Tick = broadcast.Tick,
                TickRate = (ushort)_link.TickRate,
            },
            reliable: true);
    }

    private void StepInRoom(long now)
    {
        if (_lease is { IsCompleted: true } done)
        {
            _lease = null;
            if (!done.IsCompletedSuccessfully)
                _ = done.Exception;
            else if (!done.Result.Granted)
                Close((CloseReason)done.Result.Refusal);
            else
                _leaseEnd = done.Result.ExpiresAt;
        }

        if (Stage != ConnectionStage.InRoom)
            return;
        if (now - _lastHeard >= IdleMilliseconds && Transport.SilentMilliseconds >= IdleMilliseconds)
        {
            Close(CloseReason.Timeout);
        }
        else if (_services.Clock.Time.GetUtcNow() >= _leaseEnd)
        {
            Close(CloseReason.ExpiredToken);
        }
        else if (_lease is null && now >= _nextCheck)
        {
            _nextCheck = now + LeaseCheckMilliseconds;
            _lease = _services.Sessions.CheckAsync(Player, Connection);
        }

        _messages.Prune(now);
    }

    private void CountSessionClosed()
    {
        if (Stage == ConnectionStage.InRoom)
            _services.Metrics.TransportEvents.Add(1, new KeyValuePair<string, object?>("type", "session_closed"));
    }

    private void Leave(CloseReason reason)
    {
        Reason = reason;
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
