// Reads codec-1 messages into a view: batches, single updates, fragments, game events.
using System;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Codec1;
using Aetheris.Protocol.Codec1.Events;
using Aetheris.Protocol.Codec1.Fragmentation;
using Aetheris.Protocol.Identity;

namespace Aetheris.Client.View;

/// <summary>One per client. Anything malformed is counted and has no effect.</summary>
public sealed class Codec1Receiver
{
    private readonly ClientView _view;
    private readonly ByteWriter _message = new(4096);
    private Reassembler _reassembler = NewReassembler();

    /// <summary>Creates a receiver that fills a view.</summary>
    public Codec1Receiver(ClientView view) => _view = view;

    /// <summary>Messages that could not be read.</summary>
    public long Malformed { get; private set; }

    /// <summary>Newest tick in the last message, 0 if it had none.</summary>
    public ulong LastTick { get; private set; }

    /// <summary>Forgets incomplete messages.</summary>
    public void Reset() => _reassembler = NewReassembler();

    /// <summary>Takes one message without its kind byte.</summary>
    /// <param name="message">Codec-1 bytes.</param>
    /// <param name="nowMicros">Ages incomplete messages.</param>
    public void Receive(ReadOnlySpan<byte> message, long nowMicros)
    {
        LastTick = 0;
        if (FramedUpdate.TryRead(message, out var update))
        {
            Apply(update.Entity, update.Kind, update.Tick, update.Payload);
            return;
        }

        if (!WireEvent.TryRead(message, out var wire))
        {
            Malformed++;
            return;
        }

        if (wire.Kind != WireEventKind.Fragment)
        {
            Apply(wire);
            return;
        }

        var now = (ulong)(nowMicros / 1_000_000);
        _reassembler.Prune(now);
        _message.Clear();
        if (_reassembler.Add(0, wire.Fragment, now, _message) != ReassemblyResult.Completed)
            return;
        if (WireEvent.TryRead(_message.Written, out var whole) && whole.Kind != WireEventKind.Fragment)
            Apply(whole);
        else
            Malformed++;
    }

    private static Reassembler NewReassembler() => new((ulong)Codec1Limits.ReassemblySeconds);

    private void Apply(in WireEvent wire)
    {
        switch (wire.Kind)
        {
            case WireEventKind.ReplicationBatch:
                foreach (var item in wire.Batch)
                    Apply(item.Entity, item.Kind, item.Tick, item.Payload);
                break;
            case WireEventKind.GameEvent when wire.Game.Kind == GameEventKind.Possession:
                _view.Possess(wire.Game.Entity);
                break;
        }
    }

    private void Apply(NetworkId entity, ushort kind, ulong tick, ReadOnlySpan<byte> payload)
    {
        if (_view.Update(entity, kind, tick, payload))
            LastTick = Math.Max(LastTick, tick);
    }
}
