// One connection from its first message to its last.
using Aetheris.Auth.Tokens;
using Aetheris.Gateway.Edge;
using Aetheris.Gateway.Replication;
using Aetheris.Gateway.Replication.Codec2;
using Aetheris.Gateway.Rooms;
using Aetheris.Grains.Interfaces.Sessions;
using Aetheris.Grains.Interfaces.Shard;
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Identity;
using Aetheris.Protocol.Link;

namespace Aetheris.Gateway.Connections;

/// <summary>
/// Handshake → Authenticated → InRoom → Closing, each with a deadline. Runs on the edge thread; asynchronous answers are polled, so
/// that nothing here is ever called from elsewhere.
/// </summary>
public sealed partial class ConnectionStateMachine : IRoomMember
{
    private const int ClosingMilliseconds = 1000;

    private readonly ConnectionServices _services;
    private readonly Admission _admission;
    private readonly LeaseKeeper _lease;
    private readonly StayWatch _stay;
    private readonly ControlSender _control;
    private readonly ClientMessages _messages;
    private FrameSender? _sender;
    private RoomLink? _link;
    private byte[] _lastWords = [];
    private long _deadline;
    private bool _isRedirected;

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
        _control = new ControlSender(transport, services);
        _lease = new LeaseKeeper(services);
        _stay = new StayWatch(services, _lease, _control);
        _stay.Hear(now);
        _messages = new ClientMessages(this, _control, services, now);
        _admission = new Admission(services, _lease, now);
        if (_admission.Request.Begin(request, shown) is { } refusal)
            Refuse(refusal);
    }

    /// <summary>The transport connection.</summary>
    public IConnection Transport { get; }

    /// <summary>Where it is in its life.</summary>
    public ConnectionStage Stage { get; private set; }

    /// <summary>Why it ended; meaningful from Closing on.</summary>
    public CloseReason Reason { get; private set; }

    /// <inheritdoc />
    public PlayerId Player => _admission.Claims?.Access.Player ?? PlayerId.None;

    /// <inheritdoc />
    public ConnectionEpoch Connection => _lease.Connection;

    /// <inheritdoc />
    public Audience Codec => _admission.Request.RequestCodec;

    /// <summary>What decides about its codec-2 state; null with codec 1 and before the room was entered.</summary>
    public Codec2Replicator? Replicator2 => _sender?.Codec2;

    /// <inheritdoc />
    public bool HasJoined => Stage == ConnectionStage.InRoom;

    /// <summary>The room, once one was entered.</summary>
    public RoomLink? Link => _link;

    /// <summary>Role of the lease.</summary>
    public string Role => _lease.Role;

    /// <summary>Whether privileged messages are honoured.</summary>
    public bool IsPrivileged => _services.IsDevelopment || string.Equals(_lease.Role, PlayerRole.Admin, StringComparison.Ordinal);

    /// <summary>Whether the player watches without a ship.</summary>
    public bool Spectates => _admission.Claims!.Spectate || _admission.Request.RequestSpectates;

    /// <summary>Whether the client wants the events that codec 1 can say as codec-1 messages.</summary>
    public bool WantsCodec1Events => _admission.Request.RequestCodec1Events;

    /// <summary>The player's name.</summary>
    public string Name => _admission.Claims?.Access.Name ?? string.Empty;

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
        var now = _services.Clock.Now;
        _stay.Hear(now);
        _services.Metrics.CountInbound();
        if (Stage == ConnectionStage.InRoom && EndIfOver(now))
            return;
        _lease.Touch(now);
        _messages.Receive(message, reliable, now);
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
    public void Acted() => _stay.Acted();

    /// <summary>This connection as operators see it; null unless it is in its room.</summary>
    public LiveSession? ToLiveSession() => Stage != ConnectionStage.InRoom
        ? null
        : new LiveSession(
            Player, Name, Role, _link!.Room, _services.Gateway, Transport.Transport, _stay.Seconds, _stay.IdleSeconds, _lease.Suspicion.Score);

    /// <summary>A game's own command, which came by another way than the link; it counts against the same budget.</summary>
    /// <returns>False when the connection is not in its room, or may not send so much.</returns>
    public bool TryCommand(CommandKind kind, byte[] payload)
    {
        var now = _services.Clock.Now;
        return Stage == ConnectionStage.InRoom && !EndIfOver(now) && _messages.TryCommand(kind, payload, now);
    }

    /// <summary>The client says which state datagrams it has.</summary>
    public void Acknowledge(ushort newest, ulong history) => Replicator2?.Acknowledge(newest, history);

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
        if (Stage != ConnectionStage.InRoom || !_admission.Request.RequestChat || !string.Equals(_link?.Room, line.Room, StringComparison.Ordinal))
            return;
        _control.Send(new ControlMessage { Kind = ControlKind.Chat, Player = line.Player, Text = line.Name, Reason = line.Text }, reliable: true);
    }

    /// <summary>Closes after an exception; the client is told no more than that it is over.</summary>
    public void Fail(Exception exception)
    {
        _services.Metrics.EdgeErrors.Add(1);
        EdgeLog.ConnectionFailed(_services.Logger, Player.ToString(), exception);
        Close(CloseReason.GoingAway, "The gateway could not go on with this connection; connect again.");
    }

    private void Refuse(in Refusal refusal)
    {
        if (refusal.Label is { } label)
            _services.Metrics.AuthFailures.Add(label);
        Close(refusal.Reason, refusal.Text);
    }

    private void StepHandshake(long now)
    {
        if (!_admission.TryVerify(now, out var refusal))
            return;
        if (refusal is { } refused)
            Refuse(refused);
        else
            Stage = ConnectionStage.Authenticated;
    }

    private void StepAuthenticated(long now)
    {
        if (!_admission.TryClaim(now, out var refusal))
            return;
        if (refusal is { } refused)
        {
            Refuse(refused);
            return;
        }

        _link = _services.Rooms.Get(_admission.Claims!.Room, now);
        _link.Enter(this);
    }

    private void StepInRoom(long now)
    {
        if (_stay.Step(_link!.Broadcast.Tick, Spectates, Transport.SilentMilliseconds, now) is { } ending)
            Close(ending.Reason, ending.Text);
    }

    private bool EndIfOver(long now)
    {
        if (_stay.Judge(now) is not { } ending)
            return false;
        Close(ending.Reason, ending.Text);
        return true;
    }

    private void CountSessionClosed()
    {
        if (Stage == ConnectionStage.InRoom)
            _services.Metrics.TransportEvents.Add("session_closed");
    }

    private void Leave(CloseReason reason)
    {
        Reason = reason;
        _admission.Fail(reason);
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
