// What gateways ask of a room.
using Aetheris.Grains.Interfaces.Rooms;
using Aetheris.Grains.Pipeline;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Frames;
using Aetheris.Protocol.Identity;

namespace Aetheris.Grains.Rooms;

/// <content>Subscriptions, commands, missed frames.</content>
public sealed partial class Room
{
    /// <summary>Whether it takes subscriptions and commands: neither closed nor about to move.</summary>
    public bool IsServing => !_frozen && !_isOver;

    /// <summary>Starts or refreshes a gateway's frames.</summary>
    /// <param name="gateway">The gateway.</param>
    /// <param name="observer">Where its frames go.</param>
    /// <param name="reference">The observer in bytes; empty when it does not outlive this activation.</param>
    /// <returns>An image as of the newest frame; refused when the room is closed or has too many gateways.</returns>
    public RoomSubscription Subscribe(GatewayId gateway, IRoomObserver observer, byte[]? reference = null)
    {
        lock (_lock)
        {
            var last = _world.Gateways.LastOf(gateway);
            if (_status == RoomStatus.Closed || _frozen || !_mailbox.Open(gateway, last))
                return new RoomSubscription(RoomStatus.Closed, [], 0, _setup.TickRate);
            _subscribers.Add(gateway, observer, reference ?? []);
            return Answer(gateway, last, continues: false, []);
        }
    }

    /// <summary>Starts or refreshes the frames of a gateway that has seen the room before.</summary>
    /// <param name="gateway">The gateway.</param>
    /// <param name="observer">Where its frames go.</param>
    /// <param name="reference">The observer in bytes.</param>
    /// <param name="head">How far the gateway has come.</param>
    /// <returns>As <see cref="Subscribe"/>, with the events since the head when the room has them all and has undone nothing that the gateway saw.</returns>
    public RoomSubscription Resume(GatewayId gateway, IRoomObserver observer, byte[] reference, in HistoryHead head)
    {
        lock (_lock)
        {
            var last = _world.Gateways.LastOf(gateway);
            if (_status == RoomStatus.Closed || _frozen || !_mailbox.Open(gateway, last))
                return new RoomSubscription(RoomStatus.Closed, [], 0, _setup.TickRate);
            _subscribers.Add(gateway, observer, reference);
            var events = new ByteWriter();
            var continues = head.Epoch != 0 && head.Tick <= _world.Tick && _lineage.Contains(head.Epoch, head.Tick) && TryWriteEvents(head.Tick, events);
            return Answer(gateway, last, continues, continues ? events.Written : []);
        }
    }

    /// <summary>Ends a gateway's frames.</summary>
    public void Unsubscribe(GatewayId gateway) => _subscribers.Remove(gateway);

    /// <summary>Takes the bytes of a command batch; anything is survived.</summary>
    public SubmitOutcome Submit(ReadOnlySpan<byte> batch)
    {
        var outcome = _mailbox.Submit(batch, out var head);
        if (outcome is SubmitOutcome.Malformed or SubmitOutcome.UnknownGateway)
            return outcome;
        _subscribers.Acknowledge(head.Gateway, head.AckEpoch, head.AckSeq);
        if (head.AckEpoch > _setup.Epoch && head.AckEpoch > _askedFor)
        {
            // Somewhere this room lives on in a later epoch: if storage agrees, this one is over.
            _askedFor = head.AckEpoch;
            _keeper?.Ask(TickGate.Patience);
        }

        return outcome;
    }

    /// <summary>Frames by seq, both ends inclusive; empty when one of them is not kept.</summary>
    public byte[][] GetFrames(uint epoch, ulong fromSeq, ulong toSeq)
    {
        if (epoch != _setup.Epoch || toSeq < fromSeq || toSeq - fromSeq >= FrameRing.Capacity)
            return [];
        lock (_lock)
        {
            var frames = new byte[toSeq - fromSeq + 1][];
            for (var i = 0; i < frames.Length; i++)
            {
                if (!_pipeline.Context.Frames.TryGet(fromSeq + (ulong)i, out var frame))
                    return [];
                frames[i] = frame.ToArray();
            }

            return frames;
        }
    }

    private RoomSubscription Answer(GatewayId gateway, ulong last, bool continues, ReadOnlySpan<byte> events)
    {
        var newest = _pipeline.Context.Newest;
        var log = new ByteWriter();
        RoomHistory.Write(log, new HistoryHead(gateway, _setup.Epoch, newest.Seq, _world.Tick), _pipeline.Context.Log.Read());
        return new RoomSubscription(_status, _pipeline.TakeImage(events), last, _setup.TickRate, continues, log.Written.ToArray());
    }

    /// <summary>Writes the events of every tick after one as an events section; false when some of these ticks are not kept.</summary>
    private bool TryWriteEvents(ulong afterTick, ByteWriter section)
    {
        var count = 0;
        section.WriteUInt16(0);
        var start = _lineage.Starts[^1].Tick;
        if (afterTick < start)
        {
            if (_recovered is null || afterTick < _recovered.BaseTick)
                return false;
            count = _recovered.WriteAfter(afterTick, section);
        }

        // Within an epoch seq counts the ticks since its start.
        for (var seq = Math.Max(afterTick, start) - start + 1; seq <= _pipeline.Context.Newest.Seq; seq++)
        {
            if (!_pipeline.Context.Frames.TryGet(seq, out var bytes) || !RoomFrame.TryRead(bytes, out var frame))
                return false;
            var reader = new ByteReader(frame.Events);
            if (!reader.TryReadUInt16(out var added))
                return false;
            section.WriteBytes(frame.Events[sizeof(ushort)..]);
            count += added;
        }

        if (count > ushort.MaxValue)
            return false;
        section.PatchUInt16(0, (ushort)count);
        return true;
    }
}
