// Sends what a client in its room has to say: one input per target tick, a ping per second.
using System;
using Aetheris.Client.Input;
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Identity;
using Aetheris.Protocol.Link;

namespace Aetheris.Client.Connection;

/// <summary>One per client; turns the pilot's intent into inputs.</summary>
internal sealed class TickSender
{
    private const long PingMicros = 1_000_000;
    private const int MaxTargetsPerPoll = 16;

    // Whoever sends no inputs acknowledges state every third tick (DESIGN §3).
    private const ulong AckTicks = 3;

    private readonly ClientOptions _options;
    private readonly ClientModel _model;
    private readonly GatewayLink _link;
    private readonly InputSender _inputs;
    private long _pingAt;
    private ulong _ackedTick;
    private double _inputPhase;
    private bool _toggleMining;
    private bool _firePrimary;
    private ulong _miningTarget;

    public TickSender(ClientOptions options, ClientModel model, GatewayLink link)
    {
        _options = options;
        _model = model;
        _link = link;
        _inputs = new InputSender(options.Redundancy);
    }

    /// <summary>What the player holds.</summary>
    public PilotIntent Intent { get; set; }

    /// <summary>Sends no inputs while set, as if the pilot had let go of everything; acknowledgements go on.</summary>
    public bool IsSilent { get; set; }

    /// <summary>Asks for the mining beam to be switched, once.</summary>
    public void ToggleMining(NetworkId target)
    {
        _toggleMining = true;
        _miningTarget = target.Value;
    }

    /// <summary>Asks for one shot.</summary>
    public void FirePrimary() => _firePrimary = true;

    /// <summary>A new connection: sequences start over.</summary>
    public void Reset()
    {
        _inputs.Reset();
        _ackedTick = 0;
    }

    /// <summary>The gateway accepted the connection: the rhythm of inputs and pings starts over.</summary>
    public void OnAccepted(long now)
    {
        _inputPhase = 0;
        _pingAt = now;
    }

    /// <summary>Sends what is due; the client is in its room.</summary>
    public void Send(long now)
    {
        if (now - _pingAt >= PingMicros)
        {
            _pingAt = now;
            _link.Send(new ControlMessage { Kind = ControlKind.Ping, Stamp = unchecked((ulong)now) }, reliable: false);
        }

        var clock = _model.Clock;
        var rate = Math.Min(1.0, Math.Max(0, _options.InputHz) / (double)clock.TickRate);
        for (var i = 0; i < MaxTargetsPerPoll && clock.TryTakeTarget(now, out var target); i++)
        {
            _inputPhase += rate;
            if (_options.Spectate || IsSilent || _inputPhase < 1)
                continue;
            _inputPhase -= 1;
            SendInput(target, now);
        }

        if (_model.Codec2 is { Unacknowledged: > 0 } codec2 && codec2.NewestTick >= _ackedTick + AckTicks)
            _link.SendInputs(_inputs.BuildAcks(TakeAcks()));
    }

    private void SendInput(ulong target, long now)
    {
        var input = InputFor(target);
        if (!_inputs.TryAdd(input))
            return;
        _firePrimary = false;
        _toggleMining = false;
        _model.Inputs.Sent(_inputs.Sequence, input, now);
        _model.Clock.MarkSent(target, now);
        _model.Prediction.OnInput(input, _model.View);
        if (!PlantFault())
            _link.SendInputs(_inputs.BuildPacket(TakeAcks()));
    }

    private InputPacket TakeAcks()
    {
        if (_model.Codec2 is not { Acks: { HasAny: true } acks } codec2)
            return default;
        codec2.MarkAcknowledged();
        _ackedTick = codec2.NewestTick;
        return new InputPacket { HasStateAck = true, StateAck = acks.Newest, StateAckHistory = acks.History };
    }

    private ShipInput InputFor(ulong target) => new()
    {
        TargetTick = target,
        MoveX = Intent.MoveX,
        MoveY = Intent.MoveY,
        Buttons = (Intent.Fire ? InputButtons.Fire : InputButtons.None)
            | (_firePrimary ? InputButtons.FirePrimary : InputButtons.None)
            | (_toggleMining ? InputButtons.ToggleMining : InputButtons.None),
        ViewDelay = (byte)Math.Min(byte.MaxValue, target - Math.Min(target, (ulong)Math.Max(0, _model.Scene.Clock.Tick))),
        MiningTarget = _toggleMining ? _miningTarget : 0,
    };

    /// <summary>Carries out one fault that is asked for; true when the input must not be sent.</summary>
    private bool PlantFault()
    {
        var faults = _model.Faults;
        if (faults.AlterInput && _model.Inputs.TryAlterCopy(_inputs.Sequence))
        {
            faults.AlterInput = false;
            faults.AlteredSequence = _inputs.Sequence;
            return false;
        }

        if (!faults.DropInput)
            return false;
        faults.DropInput = false;
        faults.DroppedSequence = _inputs.Sequence;
        _inputs.ForgetUpToNewest();
        return true;
    }
}
