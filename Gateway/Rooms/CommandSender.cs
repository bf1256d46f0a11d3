// The commands of this gateway on their way to a room, until the room has them.
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Identity;

namespace Aetheris.Gateway.Rooms;

/// <summary>Sends batches of everything unacknowledged (DESIGN §3, commands); every batch acknowledges frames.</summary>
internal sealed class CommandSender
{
    private const int AcknowledgeMilliseconds = 250;

    private readonly IRoomPort _port;
    private readonly GatewayId _gateway;
    private readonly ByteWriter _batch = new(4096);
    private readonly List<Command> _joins = [];
    private long _lastFlush;
    private bool _dirty;

    /// <summary>A sender without commands.</summary>
    public CommandSender(IRoomPort port, GatewayId gateway)
    {
        _port = port;
        _gateway = gateway;
    }

    /// <summary>Commands not acknowledged.</summary>
    public CommandOutbox Outbox { get; } = new();

    /// <summary>Queues a command; false when it would exceed the bound.</summary>
    public bool TryAdd(in Command command, long maxBytes)
    {
        if (!Outbox.TryAdd(in command, maxBytes))
            return false;
        _dirty = true;
        return true;
    }

    /// <summary>A frame names the commands that the room has applied; the room may have taken this gateway for gone.</summary>
    public void Acknowledge(List<Command> applied, RoomMembers members)
    {
        var isForgotten = false;
        foreach (var command in applied)
        {
            if (command.Gateway == _gateway)
                Outbox.Acknowledge(command.Sequence);
            isForgotten |= command.Kind == CommandKind.GatewayGone && command.GoneGateway == _gateway;
        }

        if (isForgotten)
            OnImage(0, members);
    }

    /// <summary>
    /// An image says how far the room has come with our commands. What is pending behind that goes out again, with the sequences that the
    /// room expects. A room that does not know us any more has logged GatewayGone: our players are in their grace and join again, before
    /// everything else. One that knows us by a lower number has our acknowledged commands in its state all the same (it replayed the log
    /// that gateways kept), so they are not repeated and nobody joins twice.
    /// </summary>
    public void OnImage(ulong lastSequence, RoomMembers members)
    {
        _dirty = true;
        if (lastSequence == Outbox.Acknowledged)
            return;
        if (lastSequence > Outbox.Acknowledged && lastSequence < Outbox.FirstSequence + (ulong)Outbox.Count)
        {
            Outbox.Acknowledge(lastSequence);
            return;
        }

        _joins.Clear();
        if (lastSequence == 0)
            members.AddJoins(_joins);
        Outbox.Renumber(lastSequence, _joins);
    }

    /// <summary>Sends what is pending, at most once per millisecond; an acknowledgement at least every 250 ms.</summary>
    public void Flush(long now, FrameSequencer frames, int tickRate, bool isSilent)
    {
        var due = _dirty ? CoalesceMilliseconds(isSilent) : Outbox.Count > 0 ? 2 * Math.Max(1, 1000 / tickRate) : AcknowledgeMilliseconds;
        if (now - _lastFlush < due)
            return;
        _batch.Clear();
        var position = CommandBatch.WriteHead(_batch, new CommandBatchHead(_gateway, frames.Epoch, frames.Seq, Outbox.FirstSequence, 0));
        CommandBatch.PatchCount(_batch, position, Outbox.WritePending(_batch));
        _port.Submit(_batch.Written.ToArray());
        _dirty = false;
        _lastFlush = now;
    }

    // Everything unacknowledged travels again with each batch, so a backlog is sent less often.
    private int CoalesceMilliseconds(bool isSilent) => isSilent ? 100 : Outbox.Bytes < 16 * 1024 ? 1 : Outbox.Bytes < 256 * 1024 ? 8 : 50;
}
