// What a client says, judged and passed on.
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Link;

namespace Aetheris.Gateway.Connections;

/// <summary>Dispatches the inbound messages of one connection by link kind. Hostile bytes end in a count, never in an exception.</summary>
public sealed class ClientMessages
{
    private readonly ConnectionStateMachine _connection;
    private readonly ConnectionServices _services;
    private readonly Codec1Receiver _codec1;
    private readonly ShipInput[] _newestFirst = new ShipInput[LinkLimits.MaxInputsPerPacket];
    private readonly ShipInput[] _forward = new ShipInput[LinkLimits.MaxInputsPerPacket];
    private InboundBudget _budget;
    private InputReceiver _inputs;
    private EarlyInputs _early = new();
    private readonly InputSlack _slack = new();

    /// <summary>Messages of one connection.</summary>
    public ClientMessages(ConnectionStateMachine connection, ConnectionServices services, long now)
    {
        _connection = connection;
        _services = services;
        _codec1 = new Codec1Receiver(connection, services);
        _budget = new InboundBudget(60, services.Options.InboundBytesPerSecond, now);
    }

    /// <summary>Which inputs arrived.</summary>
    public ref readonly InputReceiver Inputs => ref _inputs;

    /// <summary>How early the inputs came.</summary>
    public ref readonly InputSlack Slack => ref _slack;

    /// <summary>Takes one message.</summary>
    public void Receive(ReadOnlySpan<byte> message, bool reliable, long now)
    {
        if (!_budget.TryTake(message.Length, now))
        {
            _services.Metrics.Drop("budget");
            Violate(now);
            return;
        }

        if (!Dispatch(message, reliable))
        {
            _services.Metrics.Drop("malformed");
            Violate(now);
        }
    }

    /// <summary>A frame of the room is about to be sent.</summary>
    public void BeforeFrame(ulong tick) => _slack.OnFrame(tick, _services.Clock.NowMicros);

    /// <summary>A frame of the room was sent.</summary>
    public void OnFrame()
    {
        _codec1.OnFrame();
        SubmitDue();
    }

    /// <summary>Forgets what takes too long.</summary>
    public void Prune(long now) => _codec1.Prune(now);

    private bool Dispatch(ReadOnlySpan<byte> message, bool reliable)
    {
        var kind = (LinkKind)message[0];
        if (kind == LinkKind.Control)
            return ReceiveControl(message);
        if (kind is not (LinkKind.Input or LinkKind.Codec1))
            return false;
        if (_connection.Stage != ConnectionStage.InRoom)
        {
            _services.Metrics.UnprivilegedPackets.Add(1);
            return true;
        }

        return kind == LinkKind.Input ? ReceiveInput(message) : _codec1.TryReceive(message[1..], reliable);
    }

    private bool ReceiveControl(ReadOnlySpan<byte> message)
    {
        if (!ControlMessage.TryRead(message, out var control))
            return false;
        switch (control.Kind)
        {
            case ControlKind.Ping:
                _services.Metrics.Pings.Add(1);
                _connection.Send(
                    new ControlMessage { Kind = ControlKind.Pong, Stamp = control.Stamp, Tick = _connection.Link?.Broadcast.Tick ?? 0 },
                    reliable: false);
                return true;
            case ControlKind.Close:
                _connection.Quit(control.Code);
                return true;
            default:
                return false;
        }
    }

    private bool ReceiveInput(ReadOnlySpan<byte> message)
    {
        if (!InputPacket.TryRead(message, out var packet, _newestFirst))
            return false;
        var unreceived = _inputs.Unreceived;
        var count = _inputs.Receive(in packet, _newestFirst, _forward);
        if (_inputs.Unreceived != unreceived)
            _services.Metrics.InputsUnreceived.Add(Math.Min(1000, _inputs.Unreceived - unreceived));
        var arrivedAt = _services.Clock.NowMicros;
        for (var i = 0; i < count; i++)
        {
            _slack.OnInput(_forward[i].TargetTick, arrivedAt);
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

    private void Violate(long now)
    {
        if (!_budget.TryForgive(now))
            _connection.Close(CloseReason.Violation);
    }
}
