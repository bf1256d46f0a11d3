// Takes every link message from the gateway to the part that reads its kind.
using System;
using System.Collections.Generic;
using Aetheris.Client.View;
using Aetheris.Protocol.Codec2;
using Aetheris.Protocol.Events;
using Aetheris.Protocol.Identity;
using Aetheris.Protocol.Link;

namespace Aetheris.Client.Connection;

/// <summary>One per client. Anything malformed is counted and has no effect.</summary>
internal sealed class MessageReceiver
{
    private readonly ClientModel _model;
    private readonly ControlReceiver _control;
    private readonly EventReceiver _events;
    private readonly InputAckReceiver _acks;
    private readonly Codec1Receiver _state;
    private readonly List<RoomEvent> _batch = new();
    private ulong _stateTick;
    private ulong _tickWithoutOwn;

    public MessageReceiver(ClientModel model, ControlReceiver control, EventReceiver events, InputAckReceiver acks)
    {
        _acks = acks;
        _model = model;
        _control = control;
        _events = events;
        _state = new Codec1Receiver(model.View);
    }

    /// <summary>A new connection.</summary>
    public void Reset()
    {
        _stateTick = 0;
        _tickWithoutOwn = 0;
        _state.Reset();
        _acks.Reset();
        _events.Reset();
    }

    /// <summary>Takes one message, kind byte first, at least that.</summary>
    public void Receive(ReadOnlySpan<byte> message, long now)
    {
        switch ((LinkKind)message[0])
        {
            case LinkKind.Control when ControlMessage.TryRead(message, out var control):
                _control.Receive(control, now);
                break;
            case LinkKind.Codec1:
                OnState(message.Slice(1), now);
                break;
            case LinkKind.State when _model.Codec2 is not null:
                OnStateDatagram(message, now);
                break;
            case LinkKind.Events when EventBatch.TryRead(message, out var epoch, out _, _batch):
                _events.Receive(epoch, _batch, now);
                _batch.Clear();
                break;
            default:
                _model.Quality.Malformed++;
                break;
        }
    }

    private void OnStateDatagram(ReadOnlySpan<byte> message, long now)
    {
        if (!_model.Codec2!.TryReceive(message, _model.Clock.NewestTick, _acks.AppliedCount, out var head))
        {
            _model.Quality.Undecoded++;
            return;
        }

        _model.SeeTick(head.Tick, now);
        _acks.Receive(head, now);
        ref readonly var arrived = ref _model.Codec2.Acks;
        _model.Quality.StateLoss = 1 - (arrived.Received / (double)arrived.Expected);
        NoteOwnRecord(head);
        if (head.Tick <= _stateTick)
            return;
        _stateTick = head.Tick;
        _model.Quality.Snapshots++;
    }

    // The record rides in a tick's first datagram, which may arrive after the others: a tick is judged when a later one begins.
    private void NoteOwnRecord(in StateDatagram head)
    {
        if (head.Tick > _stateTick)
        {
            _model.Quality.OwnRecordsMissing += _tickWithoutOwn != 0 ? 1 : 0;
            _tickWithoutOwn = head.HasStatus || _model.View.OwnShip == NetworkId.None ? 0 : head.Tick;
        }
        else if (head.HasStatus && head.Tick == _tickWithoutOwn)
        {
            _tickWithoutOwn = 0;
        }
    }

    private void OnState(ReadOnlySpan<byte> message, long now)
    {
        _state.Receive(message, now);
        if (_state.LastTick <= _stateTick)
            return;
        _stateTick = _state.LastTick;
        _model.Quality.Snapshots++;
        _model.SeeTick(_stateTick, now);
    }
}
