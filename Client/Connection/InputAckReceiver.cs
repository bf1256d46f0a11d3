// Takes what the gateway says about the own inputs, whichever codec carries it.
using Aetheris.Protocol.Codec2;
using Aetheris.Protocol.Link;

namespace Aetheris.Client.Connection;

/// <summary>One per client.</summary>
internal sealed class InputAckReceiver
{
    private const int HistoryDepth = 32;
    private const uint CountWrap = 65_536;
    private const int MarginMicros = 250;

    private readonly ClientModel _model;
    private ulong _ackTick;

    public InputAckReceiver(ClientModel model) => _model = model;

    /// <summary>Inputs known to be applied: what a state datagram's count is read against.</summary>
    public uint AppliedCount { get; private set; }

    /// <summary>A new connection.</summary>
    public void Reset()
    {
        _ackTick = 0;
        AppliedCount = 0;
    }

    /// <summary>Another ship: its count starts over.</summary>
    public void OnJoined() => AppliedCount = 0;

    /// <summary>Takes a control message.</summary>
    public void Receive(in ControlMessage message, long now)
    {
        if (IsWithheld(message.Tick))
            return;
        _model.Quality.Acks.Observe(message.Tick);
        _model.SeeTick(message.Tick, now);
        _model.Inputs.OnReceived(message.ReceivedSequence, message.ReceivedHistory);
        _model.Inputs.OnApplied(message.AppliedTick, now);
        _model.Inputs.OnAck(message.Tick, message.AppliedTick, message.AppliedCount, message.InputChain);
        Note(message.Tick, message.AppliedTick, message.AppliedCount, message.Margin, now);
    }

    /// <summary>Takes the head of a state datagram.</summary>
    public void Receive(in StateDatagram head, long now)
    {
        if (!head.HasStatus || IsWithheld(head.Tick))
            return;
        var (count, received) = (head.AppliedCount, head.ReceivedSequence);

        // The low bits of a count that has just started over may look like a larger one; no more can be applied than were sent.
        while (count >= CountWrap && count > _model.Inputs.Newest)
        {
            count -= CountWrap;
            received -= received > _model.Inputs.Newest && received >= CountWrap ? CountWrap : 0;
        }

        _model.Quality.Acks.Observe(head.Tick);
        _model.Inputs.OnReceived(received, head.ReceivedHistory, HistoryDepth);
        _model.Inputs.OnApplied(head.AppliedTick, now);
        if (head.HasChain)
            _model.Inputs.OnAck(head.Tick, head.AppliedTick, count, head.Chain);
        Note(head.Tick, head.AppliedTick, count, head.Margin == short.MinValue ? int.MinValue : head.Margin * MarginMicros, now);
    }

    private bool IsWithheld(ulong tick)
    {
        if (!_model.Faults.WithholdAck)
            return false;
        _model.Faults.WithholdAck = false;
        _model.Faults.WithheldTick = tick;
        return true;
    }

    private void Note(ulong tick, ulong appliedTick, uint count, int marginMicros, long now)
    {
        if (tick <= _ackTick)
            return;
        _ackTick = tick;
        AppliedCount = count;
        if (count > 0)
            _model.Clock.ObserveAck(now, tick, appliedTick, marginMicros);
    }
}
