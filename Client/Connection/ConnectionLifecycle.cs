// The way into the room and back after a loss: states, deadlines, the next attempt.
using System;
using Aetheris.Client.Matching;
using Aetheris.Client.Time;
using Aetheris.Protocol.Identity;
using Aetheris.Protocol.Link;

namespace Aetheris.Client.Connection;

/// <summary>Decides when to match, connect, wait and give up (<see cref="ClientState"/>); each state but the first has a deadline.</summary>
internal sealed class ConnectionLifecycle : IDisposable
{
    private readonly ClientOptions _options;
    private readonly IClientClock _clock;
    private readonly ClientModel _model;
    private readonly GatewayLink _link;
    private readonly MatchCall _match;
    private readonly ReconnectBackoff _backoff;
    private readonly GatewayChoice _gateways = new();
    private long _deadline;
    private long _startedAt;
    private long _heardAt;
    private int _attempt;
    private bool _wasInRoom;
    private bool _isRedirected;
    private NetworkId _shipBefore;
    private long _awaySince;

    public ConnectionLifecycle(ClientOptions options, IMatchmaker matchmaker, IClientClock clock, ClientModel model, GatewayLink link)
    {
        _options = options;
        _clock = clock;
        _model = model;
        _link = link;
        _match = new MatchCall(options, matchmaker);
        _backoff = new ReconnectBackoff(options.Seed);
    }

    /// <summary>Where the client is.</summary>
    public ClientState State { get; private set; }

    /// <summary>Why the client is not in its room, or was not at some time.</summary>
    public ClientFailure? LastFailure { get; private set; }

    /// <summary>Begins, unless begun.</summary>
    public void Start()
    {
        if (State != ClientState.Disconnected)
            return;
        _wasInRoom = false;
        _backoff.Reset();
        BeginMatch(_clock.NowMicros);
    }

    /// <summary>Ends for good.</summary>
    public void Stop()
    {
        _isRedirected = false;
        DropLink();
        _match.Cancel();
        State = ClientState.Disconnected;
    }

    /// <summary>Drops the connection as if it were lost and begins anew at once.</summary>
    public void Reconnect()
    {
        if (State != ClientState.InRoom)
            return;
        _isRedirected = false;
        RememberShip();
        DropLink();
        BeginMatch(_clock.NowMicros);
    }

    /// <summary>The gateway sends the client to another: it goes there as soon as a match is made, and flies on here until then.</summary>
    /// <param name="host">UDP host of the other gateway.</param>
    /// <param name="port">Its UDP port.</param>
    /// <param name="now">Now.</param>
    public void Redirect(string host, int port, long now)
    {
        _gateways.Avoid(now);
        _gateways.Want(host, port);
        if (State != ClientState.InRoom || _isRedirected)
            return;
        _isRedirected = true;
        _model.Quality.Redirects++;
        AskWhileFlying(now);
    }

    /// <summary>Connects once the match is made.</summary>
    public void PollMatch(long now)
    {
        if ((State != ClientState.Matching && !_isRedirected) || !_match.TryTake(out var answer, out var failure))
            return;
        if (answer is null)
        {
            OnUnmatched(failure!, now);
            return;
        }

        if (_isRedirected)
        {
            // The ship is not let go of: the room replaces the old connection by the new one.
            RememberShip();
            _startedAt = now;
            _isRedirected = false;
            _link.Linger();
            _model.Clock.Stop();
        }

        _deadline = now + _options.ConnectDeadlineMicros;
        State = ClientState.Connecting;
        _link.Open(_gateways.Take(answer.Gateways, now), answer.ConnectToken);
    }

    /// <summary>Fails what takes too long; begins the next attempt when its time has come.</summary>
    public void CheckDeadlines(long now)
    {
        switch (State)
        {
            case ClientState.Matching when now > _deadline:
                FailLate("the server did not answer the match call in time");
                break;
            case ClientState.Connecting when now > _deadline:
                FailLate("the gateway did not answer in time");
                break;
            case ClientState.Joining when now > _deadline:
                FailLate("the room did not let the player in in time");
                break;
            case ClientState.InRoom when now - _heardAt > _options.SilenceMicros:
                FailLate("the gateway went silent");
                break;
            case ClientState.InRoom when _isRedirected && !_match.IsPending && now >= _deadline:
                AskWhileFlying(now);
                break;
            case ClientState.Reconnecting when now >= _deadline:
                BeginMatch(now);
                break;
        }
    }

    /// <summary>The transport is connected.</summary>
    public void OnConnected(long now)
    {
        State = ClientState.Joining;
        _deadline = now + _options.JoinDeadlineMicros;
        _heardAt = now;
    }

    /// <summary>A message arrived.</summary>
    public void OnHeard(long now) => _heardAt = now;

    /// <summary>The room let the player in.</summary>
    public void OnJoined(NetworkId ship, long now)
    {
        if (State != ClientState.Joining)
            return;
        State = ClientState.InRoom;
        _backoff.Reset();
        _gateways.Trust();
        var quality = _model.Quality;
        quality.Join.Record(now - _startedAt);
        quality.SkipGap(now);
        if (_wasInRoom)
        {
            quality.Reconnects++;
            quality.Away.Record(now - _awaySince);
            if (ship == _shipBefore)
                quality.SameShip++;
        }

        _wasInRoom = true;
    }

    /// <summary>The gateway ended the connection.</summary>
    /// <param name="code">Its reason.</param>
    /// <param name="text">Its words, or none.</param>
    /// <param name="otherwise">Words when it gave neither.</param>
    public void OnClosed(CloseReason code, string? text, string otherwise) =>
        Fail(new ClientFailure(code, string.IsNullOrEmpty(text) ? code == CloseReason.None ? otherwise : "refused: " + code : text!, IsFinal(code)));

    /// <summary>Ends the connection for a reason; another attempt follows unless that is pointless or enough were made.</summary>
    public void Fail(ClientFailure failure)
    {
        LastFailure = failure;
        _isRedirected = false;
        if (State is ClientState.Connecting or ClientState.Joining or ClientState.InRoom
            && failure.Code is CloseReason.None or CloseReason.Timeout or CloseReason.GoingAway)
        {
            _gateways.Avoid(_clock.NowMicros);
        }

        if (State == ClientState.InRoom)
        {
            _model.Quality.Disconnects++;
            RememberShip();
        }

        if (failure.IsFinal || _backoff.Attempts >= _options.MaxReconnectAttempts)
        {
            Stop();
            return;
        }

        DropLink();
        _match.Cancel();
        _attempt++;
        State = ClientState.Reconnecting;
        _deadline = _clock.NowMicros + _backoff.NextMicros();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Stop();
        _match.Dispose();
    }

    private static bool IsFinal(CloseReason code) => code is CloseReason.Quit or CloseReason.UnsupportedVersion or CloseReason.Policy
        or CloseReason.Replaced or CloseReason.Revoked or CloseReason.Full or CloseReason.RoomClosing;

    private void AskWhileFlying(long now)
    {
        if (_match.Begin(_attempt) is { } failure)
            OnUnmatched(failure, now);
    }

    private void OnUnmatched(ClientFailure failure, long now)
    {
        if (!_isRedirected)
        {
            Fail(failure);
            return;
        }

        // This gateway still serves; another one may know the way.
        _attempt++;
        _deadline = now + _backoff.NextMicros();
    }

    private void BeginMatch(long now)
    {
        _startedAt = now;
        _deadline = now + _options.MatchDeadlineMicros;
        State = ClientState.Matching;
        if (_match.Begin(_attempt) is { } failure)
            Fail(failure);
    }

    private void FailLate(string text) => Fail(new ClientFailure(CloseReason.Timeout, text, IsFinal: false));

    private void RememberShip()
    {
        _shipBefore = _model.View.OwnShip;
        _awaySince = _heardAt;
    }

    private void DropLink()
    {
        if (_link.Drop())
            _model.Clock.Stop();
    }
}
