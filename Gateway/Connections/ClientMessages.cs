// What a client says, judged and passed on.
using System.Diagnostics;
using Aetheris.Gateway.Chat;
using Aetheris.Grains.Interfaces.Shard;
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Identity;
using Aetheris.Protocol.Link;

namespace Aetheris.Gateway.Connections;

/// <summary>Dispatches the inbound messages of one connection by link kind. Hostile bytes end in a count, never in an exception.</summary>
public sealed class ClientMessages
{
    // Before the room is known, and for rooms that tick more slowly than clients send.
    private const int MinTickRate = 60;

    // A person's pace; more would be noise to everybody else.
    private const double LinesPerSecond = 0.5;
    private const double BurstOfLines = 4;

    private readonly ConnectionStateMachine _connection;
    private readonly ConnectionServices _services;
    private readonly ControlSender _control;
    private readonly Codec1Receiver _codec1;
    private readonly ShipInput[] _newestFirst = new ShipInput[LinkLimits.MaxInputsPerPacket];
    private readonly ShipInput[] _forward = new ShipInput[LinkLimits.MaxInputsPerPacket];
    private InboundBudget _budget;
    private InputReceiver _inputs;
    private EarlyInputs _early = new();
    private readonly InputSlack _slack = new();
    private InputWatch _watch;
    private TokenBucket _lines;

    /// <summary>Messages of one connection.</summary>
    internal ClientMessages(ConnectionStateMachine connection, ControlSender control, ConnectionServices services, long now)
    {
        _connection = connection;
        _services = services;
        _control = control;
        _codec1 = new Codec1Receiver(connection, control, services, now);
        _budget = new InboundBudget(MinTickRate, services.Options.InboundBytesPerSecond, now);
        _lines = new TokenBucket(LinesPerSecond, BurstOfLines, now);
    }

    /// <summary>Which inputs arrived.</summary>
    public ref readonly InputReceiver Inputs => ref _inputs;

    /// <summary>Fragmented messages that are incomplete.</summary>
    public int OpenFragments => _codec1.OpenFragments;

    /// <summary>How early the inputs came.</summary>
    public ref readonly InputSlack Slack => ref _slack;

    /// <summary>The connection is in a room: its budget follows the room's tick rate.</summary>
    public void OnJoined(int tickRate, long now)
    {
        if (tickRate > MinTickRate)
            _budget = new InboundBudget(tickRate, _services.Options.InboundBytesPerSecond, now);
    }

    /// <summary>Takes one message.</summary>
    public void Receive(ReadOnlySpan<byte> message, bool reliable, long now)
    {
        var received = Stopwatch.GetTimestamp();
        if (!_budget.TryTake(message.Length, now))
        {
            _services.Metrics.Drop("budget");
            _connection.Suspect(SuspicionKind.ActionRate);
            Violate(now);
            return;
        }

        if (!Dispatch(message, reliable, received))
        {
            _services.Metrics.Drop("malformed");
            _connection.Suspect(SuspicionKind.ValueRange);
            Violate(now);
        }
    }

    /// <summary>A game's own command.</summary>
    /// <returns>False when it does not fit into what the client may send, or what the room's link may hold.</returns>
    public bool TryCommand(CommandKind kind, byte[] payload, long now) =>
        _budget.TryTake(sizeof(CommandKind) + payload.Length, now)
        && _connection.Link!.TrySubmit(new Command { Kind = kind, Player = _connection.Player, Connection = _connection.Connection, Payload = payload });

    /// <summary>A frame of the room is about to be sent.</summary>
    public void BeforeFrame(ulong tick) => _slack.OnFrame(tick, _services.Clock.NowMicros);

    /// <summary>A frame of the room was sent.</summary>
    public void OnFrame()
    {
        _budget.BeginTick();
        _codec1.OnFrame();
        SubmitDue();
    }

    /// <summary>The player got a ship.</summary>
    public void OnPossession(NetworkId ship) => _codec1.OnPossession(ship);

    /// <summary>The connection is over: nothing of it is kept.</summary>
    public void Forget() => _codec1.Forget();

    /// <summary>Counts a violation; too many close the connection.</summary>
    public void Violate(long now)
    {
        if (!_budget.TryForgive(now))
            _connection.Close(CloseReason.Violation);
    }

    private bool Dispatch(ReadOnlySpan<byte> message, bool reliable, long received)
    {
        var kind = (LinkKind)message[0];
        if (kind == LinkKind.Control)
            return ReceiveControl(message, received);
        if (kind is not (LinkKind.Input or LinkKind.Codec1))
            return false;
        if (_connection.Stage != ConnectionStage.InRoom)
        {
            _services.Metrics.UnprivilegedPackets.Add(1);
            return true;
        }

        return kind == LinkKind.Input ? ReceiveInput(message) : _codec1.TryReceive(message[1..], reliable, received);
    }

    private bool ReceiveControl(ReadOnlySpan<byte> message, long received)
    {
        if (!ControlMessage.TryRead(message, out var control))
            return false;
        switch (control.Kind)
        {
            case ControlKind.Ping when _connection.Stage != ConnectionStage.InRoom:
                _services.Metrics.UnprivilegedPackets.Add(1);
                return true;
            case ControlKind.Ping:
                _services.Metrics.Pings.Add(1);
                _control.Pong(control.Stamp, _connection.Link!.Broadcast.Tick, received);
                return true;
            case ControlKind.Close:
                _connection.Quit(control.Code);
                return true;
            case ControlKind.Say when _connection.Stage != ConnectionStage.InRoom:
                _services.Metrics.UnprivilegedPackets.Add(1);
                return true;
            case ControlKind.Say:
                return Say(control.Reason ?? string.Empty);
            default:
                return false;
        }
    }

    private bool Say(string text)
    {
        if (!ChatRule.IsValid(text))
            return false;
        if (_lines.TryTake(1, _services.Clock.Now))
            _services.Chat?.Say(new ChatLine(_connection.Link!.Room, _connection.Player, _connection.Name, text));
        else
            _services.Metrics.Drop("chat");
        return true;
    }

    private bool ReceiveInput(ReadOnlySpan<byte> message)
    {
        if (!InputPacket.TryRead(message, out var packet, _newestFirst))
            return false;
        if (packet.HasStateAck)
            _connection.Acknowledge(packet.StateAck, packet.StateAckHistory);
        var unreceived = _inputs.Unreceived;
        var isFirst = _inputs.ReceivedSequence == 0;
        for (var i = 0; i < packet.Count; i++)
        {
            if (!_newestFirst[i].IsValid)
                _connection.Suspect(SuspicionKind.ValueRange);
        }

        var count = _inputs.Receive(in packet, _newestFirst, _forward);
        if (_inputs.Unreceived != unreceived)
            _services.Metrics.InputsUnreceived.Add(Math.Min(1000, _inputs.Unreceived - unreceived));
        if (!isFirst && _inputs.Unreceived - unreceived > InputWatch.MaxSkipped)
            _connection.Suspect(SuspicionKind.SequenceGap);
        var arrivedAt = _services.Clock.NowMicros;
        for (var i = 0; i < count; i++)
        {
            _slack.OnInput(_forward[i].TargetTick, arrivedAt);
            _watch.OnInput(_connection, in _forward[i], _services.Clock.Now);
            if (_early.TryAdd(in _forward[i]))
                continue;
            // A full buffer always lets one go.
            SubmitDue();
            _early.TryAdd(in _forward[i]);
        }

        SubmitDue();
        return true;
    }

    private void SubmitDue()
    {
        var tick = _connection.Link?.Broadcast.Tick ?? 0;
        while (_early.TryTake(tick, out var input))
            Submit(in input);
    }

    private void Submit(in ShipInput input) =>
        _connection.Link?.TrySubmit(new Command
        {
            Kind = CommandKind.Input,
            Player = _connection.Player,
            Connection = _connection.Connection,
            Input = input,
        });
}
