// A player's or spectator's connection to a room: everything happens in Poll.
using System;
using Aetheris.Client.Connection;
using Aetheris.Client.Impairment;
using Aetheris.Client.Input;
using Aetheris.Client.Matching;
using Aetheris.Client.Prediction;
using Aetheris.Client.Quality;
using Aetheris.Client.Time;
using Aetheris.Client.Transport;
using Aetheris.Client.View;
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
    private readonly IClientClock _clock;
    private readonly ClientModel _model;
    private readonly GatewayLink _link;
    private readonly ConnectionLifecycle _lifecycle;
    private readonly TickSender _sender;
    private readonly TokenRenewal _renewal;
    private readonly EventReceiver _events;
    private readonly MessageReceiver _messages;

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
        _clock = clock;
        _model = new ClientModel(options.Codec == 2 ? options.World : null, options.ReadsHeadsOnly);
        _link = new GatewayLink(options, clock, _model.Quality, transportFactory);
        _lifecycle = new ConnectionLifecycle(options, matchmaker, clock, _model, _link);
        _sender = new TickSender(options, _model, _link);
        _renewal = new TokenRenewal(matchmaker, _link);
        var acks = new InputAckReceiver(_model);
        _events = new EventReceiver(_model, _lifecycle, _link, acks);
        _messages = new MessageReceiver(_model, new ControlReceiver(_model, _lifecycle, _link, _sender, acks), _events, acks);
    }

    /// <summary>An event whose tick the view has reached.</summary>
    public event Action<RoomEvent>? EventReleased;

    /// <summary>Where the client is.</summary>
    public ClientState State => _lifecycle.State;

    /// <summary>Why the client is not in its room, or was not at some time; null if nothing ever failed.</summary>
    public ClientFailure? LastFailure => _lifecycle.LastFailure;

    /// <summary>Who the player is, once accepted.</summary>
    public PlayerId Player => _model.Player;

    /// <summary>The room, once accepted.</summary>
    public string Room => _model.Room;

    /// <summary>What is known about the room.</summary>
    public ClientView View => _model.View;

    /// <summary>Where the room's clock is.</summary>
    public ServerClock Clock => _model.Clock;

    /// <summary>What became of the inputs.</summary>
    public InputVerifier Inputs => _model.Inputs;

    /// <summary>The own ship, predicted.</summary>
    public OwnShipPrediction Prediction => _model.Prediction;

    /// <summary>What to draw in this frame.</summary>
    public Scene Scene => _model.Scene;

    /// <summary>Figures of the connection.</summary>
    public ClientQuality Quality => _model.Quality;

    /// <summary>What the impairment did; zero without one.</summary>
    public ImpairmentTotals Impairment => _link.Impairment;

    /// <summary>What the player holds; sent with every tick until changed.</summary>
    public PilotIntent Intent
    {
        get => _sender.Intent;
        set => _sender.Intent = value;
    }

    /// <summary>Bytes and messages over all connections.</summary>
    public TransportCounters Traffic => _link.Traffic;

    internal ClientFaults Faults => _model.Faults;

    /// <summary>Sends no inputs while set; for the bots' check after the inputs stopped.</summary>
    internal bool IsSilent
    {
        get => _sender.IsSilent;
        set => _sender.IsSilent = value;
    }

    /// <summary>Begins to match, connect and join. Does nothing unless disconnected.</summary>
    public void Start() => _lifecycle.Start();

    /// <summary>Leaves for good: the ship goes at once. The gateway is told in the next <see cref="Poll"/>s.</summary>
    public void Leave()
    {
        if (_link.IsOpen && State is ClientState.Joining or ClientState.InRoom)
            _link.CloseAfter(new ControlMessage { Kind = ControlKind.Close, Code = CloseReason.Quit, Connection = _model.Connection });
        _lifecycle.Stop();
    }

    /// <summary>Drops the connection as if it were lost, without quitting, and comes back: the ship waits in its grace period.</summary>
    public void Reconnect() => _lifecycle.Reconnect();

    /// <summary>Asks for the mining beam to be switched, once.</summary>
    public void ToggleMining(NetworkId target) => _sender.ToggleMining(target);

    /// <summary>Asks for one shot.</summary>
    public void FirePrimary() => _sender.FirePrimary();

    /// <summary>Does everything that is due: receives, sends, decides.</summary>
    public void Poll()
    {
        var now = _clock.NowMicros;
        _lifecycle.PollMatch(now);
        _link.Poll(this);
        _link.PollLeaving(now);
        _lifecycle.CheckDeadlines(now);
        if (State == ClientState.InRoom && _link.IsOpen)
        {
            _sender.Send(now);
            _renewal.Poll(now);
        }

        Prediction.Reconcile(View);
        Scene.Advance(now);
        while (_events.TryRelease(out var value))
            EventReleased?.Invoke(value);
        _link.Flush();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _renewal.Dispose();
        _lifecycle.Dispose();
        _link.Dispose();
    }

    /// <inheritdoc />
    void ITransportSink.OnConnected()
    {
        _lifecycle.OnConnected(_clock.NowMicros);
        _model.Reset();
        _messages.Reset();
        _sender.Reset();
    }

    /// <inheritdoc />
    void ITransportSink.OnMessage(ReadOnlySpan<byte> message, bool reliable)
    {
        if (!_link.IsOpen || message.Length == 0)
            return;
        var now = _clock.NowMicros;
        _lifecycle.OnHeard(now);
        _messages.Receive(message, now);
    }

    /// <inheritdoc />
    void ITransportSink.OnClosed(string reason, ReadOnlySpan<byte> data)
    {
        if (data.Length > 0 && ControlMessage.TryRead(data, out var last) && last.Kind is ControlKind.Reject or ControlKind.Close)
            _lifecycle.OnClosed(last.Code, last.Reason, reason);
        else
            _lifecycle.Fail(new ClientFailure(CloseReason.None, reason, IsFinal: false));
    }
}
