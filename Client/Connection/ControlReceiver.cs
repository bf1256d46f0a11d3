// Acts on the control messages of the gateway.
using Aetheris.Protocol.Link;

namespace Aetheris.Client.Connection;

/// <summary>One per client.</summary>
internal sealed class ControlReceiver
{
    private readonly ClientModel _model;
    private readonly ConnectionLifecycle _lifecycle;
    private readonly GatewayLink _link;
    private readonly TickSender _sender;
    private readonly InputAckReceiver _acks;

    public ControlReceiver(ClientModel model, ConnectionLifecycle lifecycle, GatewayLink link, TickSender sender, InputAckReceiver acks)
    {
        _acks = acks;
        _model = model;
        _lifecycle = lifecycle;
        _link = link;
        _sender = sender;
    }

    /// <summary>Takes one message.</summary>
    public void Receive(in ControlMessage message, long now)
    {
        switch (message.Kind)
        {
            case ControlKind.Accept when _lifecycle.State == ClientState.Joining && !_model.Clock.IsRunning:
                OnAccept(message, now);
                break;
            case ControlKind.Reject:
            case ControlKind.Close:
                _lifecycle.OnClosed(message.Code, message.Reason, "the gateway closed the connection");
                break;
            case ControlKind.Accept when _lifecycle.State == ClientState.InRoom && message.RoomEpoch > _model.View.RoomEpoch:
                // The room goes on in another epoch; the state of that one follows.
                _model.View.EnterEpoch(message.RoomEpoch);
                break;
            case ControlKind.Redirect:
                _lifecycle.Redirect(message.Text ?? string.Empty, message.Port, now);
                break;
            case ControlKind.Clock:
                if (_model.View.RoomEpoch <= message.RoomEpoch)
                    _model.View.EnterEpoch(message.RoomEpoch);
                _model.SeeTick(message.Tick, now);
                break;
            case ControlKind.InputAck:
                _acks.Receive(message, now);
                break;
            case ControlKind.Pause:
                _model.Inputs.OnReceived(message.ReceivedSequence, message.ReceivedHistory);
                _model.Clock.ObservePause();
                break;
            case ControlKind.Pong:
                var roundTrip = now - unchecked((long)message.Stamp);
                if (roundTrip is >= 0 and < 10_000_000)
                    _model.Quality.RoundTripMicros = roundTrip;
                break;
        }
    }

    private void OnAccept(in ControlMessage message, long now)
    {
        _model.Accept(message.TickRate, message.Player, message.Connection, message.Text ?? string.Empty);
        _model.View.EnterEpoch(message.RoomEpoch);
        _model.Clock.Start(now, message.Tick, message.TickRate, _link.RoundTripMicros);
        _model.Prediction.Reset(_model.Clock.TickRate);
        _sender.OnAccepted(now);
    }
}
