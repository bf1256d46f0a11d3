// Takes the room's events: the own ones act at once, all are released when the view has reached their tick.
using System.Collections.Generic;
using Aetheris.Client.View;
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Events;
using Aetheris.Protocol.Identity;
using Aetheris.Protocol.Link;

namespace Aetheris.Client.Connection;

/// <summary>One per client.</summary>
internal sealed class EventReceiver
{
    private readonly ClientModel _model;
    private readonly ConnectionLifecycle _lifecycle;
    private readonly GatewayLink _link;
    private readonly InputAckReceiver _acks;
    private readonly EventQueue _waiting = new();

    public EventReceiver(ClientModel model, ConnectionLifecycle lifecycle, GatewayLink link, InputAckReceiver acks)
    {
        _acks = acks;
        _model = model;
        _lifecycle = lifecycle;
        _link = link;
    }

    /// <summary>A new connection: what waits is never released.</summary>
    public void Reset() => _waiting.Clear();

    /// <summary>Takes one batch; one from an epoch that is over has no effect.</summary>
    public void Receive(uint roomEpoch, List<RoomEvent> batch, long now)
    {
        if (roomEpoch < _model.View.RoomEpoch)
            return;
        _model.View.EnterEpoch(roomEpoch);
        foreach (var value in batch)
        {
            _waiting.Add(value);
            if (_link.IsOpen && IsOwn(value))
                OnOwnEvent(value, now);
        }
    }

    /// <summary>Gives the next event whose tick was reached; what it ends is gone from the view.</summary>
    public bool TryRelease(out RoomEvent value)
    {
        if (!_waiting.TryRelease((ulong)_model.Scene.Clock.Tick, out value))
            return false;
        if (value.Kind == RoomEventKind.Despawned)
            _model.View.Despawn(value.Entity);
        return true;
    }

    private bool IsOwn(in RoomEvent value) =>
        !value.To.IsNone && value.To == _model.Player && (value.Connection == ConnectionEpoch.None || value.Connection == _model.Connection);

    private void OnOwnEvent(in RoomEvent value, long now)
    {
        switch (value.Kind)
        {
            case RoomEventKind.Joined:
                Possess(value);
                _lifecycle.OnJoined(value.Entity, now);
                break;
            case RoomEventKind.Possession:
                if (value.Entity != _model.View.OwnShip)
                    Possess(value);
                break;
            case RoomEventKind.JoinRefused:
                var refusal = (JoinRefusal)value.Reason;
                _lifecycle.Fail(new ClientFailure(CloseReason.Policy, "the room refused: " + refusal, refusal is not JoinRefusal.Closing));
                break;
            case RoomEventKind.Left:
                var reason = (LeaveReason)value.Reason;
                _lifecycle.Fail(new ClientFailure(CloseReason.None, "left the room: " + reason, reason is not (LeaveReason.Lost or LeaveReason.GatewayGone)));
                break;
            case RoomEventKind.InputRejected:
                _model.Inputs.OnRejected(unchecked(value.Tick + (ulong)value.Amount));
                _model.Clock.ObserveRejection(now, value.Amount);
                break;
        }
    }

    /// <summary>A ship, at first or after a death: its count and chain start over.</summary>
    private void Possess(in RoomEvent value)
    {
        _acks.OnJoined();
        _model.Inputs.OnJoined();
        _model.View.Possess(value.Entity);
        _model.Codec2?.OnPossession(value.Tick);
    }
}
