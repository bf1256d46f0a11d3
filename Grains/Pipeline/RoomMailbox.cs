// Where commands wait for the next tick: bounded, per gateway contiguous and exactly once.
using System.Collections.Concurrent;
using Aetheris.Grains.Metrics;
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Identity;

namespace Aetheris.Grains.Pipeline;

/// <summary>
/// Commands between two ticks. Orleans swaps and repeats messages (DESIGN §6), so a gateway sends everything unacknowledged in
/// every batch and the mailbox takes what is new, in sequence. Thread-safe; its lock is held for moments only.
/// </summary>
public sealed class RoomMailbox
{
    /// <summary>Most commands that wait, of all gateways together: below the u16 count of a frame's commands.</summary>
    public const int MaxCommands = 16_384;

    /// <summary>Most bytes that wait, estimated.</summary>
    public const int MaxBytes = 4 * 1024 * 1024;

    /// <summary>Most gateways it listens to.</summary>
    public const int MaxGateways = 256;

    private const int CommandOverhead = 48;

    private static readonly KeyValuePair<string, object?> FullTag = new("reason", "full");
    private static readonly KeyValuePair<string, object?> GapTag = new("reason", "gap");
    private static readonly KeyValuePair<string, object?> UnknownTag = new("reason", "unknown_gateway");
    private static readonly KeyValuePair<string, object?> MalformedTag = new("reason", "malformed");

    private readonly object _lock = new();
    private readonly Dictionary<GatewayId, ulong> _last = [];
    private readonly ConcurrentBag<List<Command>> _scratch = [];
    private readonly GrainMetrics _metrics;
    private List<Command> _pending = new(256);
    private int _pendingBytes;

    /// <summary>Creates an empty mailbox.</summary>
    /// <param name="metrics">Where drops are counted.</param>
    public RoomMailbox(GrainMetrics metrics) => _metrics = metrics;

    /// <summary>Commands that wait.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _pending.Count;
        }
    }

    /// <summary>Begins to listen to a gateway; what already waits from it stays.</summary>
    /// <param name="gateway">The gateway.</param>
    /// <param name="lastSequence">The last command of it that the room has applied.</param>
    /// <returns>False when too many gateways are listened to.</returns>
    public bool Open(GatewayId gateway, ulong lastSequence)
    {
        lock (_lock)
        {
            if (gateway == GatewayId.None || (_last.Count >= MaxGateways && !_last.ContainsKey(gateway)))
                return false;
            _last.TryAdd(gateway, lastSequence);
            return true;
        }
    }

    /// <summary>Stops listening to a gateway.</summary>
    public void Forget(GatewayId gateway)
    {
        lock (_lock)
            _last.Remove(gateway);
    }

    /// <summary>Takes what is new in a batch.</summary>
    /// <param name="batch">Bytes of a <see cref="CommandBatch"/>; anything is survived.</param>
    /// <param name="head">The head unless the batch is malformed: its acknowledgement counts whatever happens to the commands.</param>
    public SubmitOutcome Submit(ReadOnlySpan<byte> batch, out CommandBatchHead head)
    {
        if (!_scratch.TryTake(out var commands))
            commands = [];
        try
        {
            if (!CommandBatch.TryRead(batch, out head, commands) || !IsAcceptable(head))
            {
                head = default;
                _metrics.CommandsDropped.Add(1, MalformedTag);
                return SubmitOutcome.Malformed;
            }

            return Take(head, commands);
        }
        finally
        {
            commands.Clear();
            _scratch.Add(commands);
        }
    }

    /// <summary>Adds a command of the room itself.</summary>
    /// <returns>False when the mailbox is full; the command is dropped and counted.</returns>
    public bool Post(in Command command)
    {
        var own = command;
        own.Gateway = GatewayId.None;
        own.Sequence = 0;
        lock (_lock)
        {
            if (TryAdd(own))
                return true;
        }

        _metrics.CommandsDropped.Add(1, FullTag);
        return false;
    }

    /// <summary>What waits and how far each gateway has come, for a room that moves. Allocates.</summary>
    public void Capture(List<GatewaySequence> sequences, List<Command> pending)
    {
        lock (_lock)
        {
            foreach (var (gateway, sequence) in _last)
                sequences.Add(new GatewaySequence(gateway, sequence));
            pending.AddRange(_pending);
        }
    }

    /// <summary>Takes over from the mailbox of the room's last silo.</summary>
    public void Restore(IReadOnlyList<GatewaySequence> sequences, IReadOnlyList<Command> pending)
    {
        lock (_lock)
        {
            foreach (var (gateway, sequence) in sequences)
                _last[gateway] = sequence;
            foreach (var command in pending)
                TryAdd(command);
        }
    }

    /// <summary>Hands over everything that waits, in the order of arrival.</summary>
    /// <param name="emptied">An empty list, which the mailbox fills from now on.</param>
    /// <returns>The waiting commands; the caller gives the list back, cleared, with the next call.</returns>
    public List<Command> Drain(List<Command> emptied)
    {
        lock (_lock)
        {
            var drained = _pending;
            _pending = emptied;
            _pendingBytes = 0;
            return drained;
        }
    }

    private static bool IsAcceptable(in CommandBatchHead head) =>
        head.Gateway != GatewayId.None && (head.Count == 0 || (head.FirstSequence != 0 && head.FirstSequence <= ulong.MaxValue - head.Count));

    private SubmitOutcome Take(in CommandBatchHead head, List<Command> commands)
    {
        SubmitOutcome outcome;
        var dropped = 0;
        lock (_lock)
            outcome = TakeLocked(head, commands, ref dropped);
        switch (outcome)
        {
            case SubmitOutcome.Full:
                _metrics.CommandsDropped.Add(dropped, FullTag);
                break;
            case SubmitOutcome.Gap:
                _metrics.CommandsDropped.Add(head.Count, GapTag);
                break;
            case SubmitOutcome.UnknownGateway:
                _metrics.CommandsDropped.Add(head.Count, UnknownTag);
                break;
        }

        return outcome;
    }

    private SubmitOutcome TakeLocked(in CommandBatchHead head, List<Command> commands, ref int dropped)
    {
        if (!_last.TryGetValue(head.Gateway, out var last))
            return SubmitOutcome.UnknownGateway;
        if (commands.Count == 0)
            return SubmitOutcome.Taken;
        if (head.FirstSequence > last + 1)
            return SubmitOutcome.Gap;
        for (var i = 0; i < commands.Count; i++)
        {
            var command = commands[i];
            if (command.Sequence <= last)
                continue;
            if (!TryAdd(command))
            {
                // What follows is dropped too, so that the gateway's commands stay contiguous.
                dropped = commands.Count - i;
                break;
            }

            last = command.Sequence;
        }

        _last[head.Gateway] = last;
        return dropped > 0 ? SubmitOutcome.Full : SubmitOutcome.Taken;
    }

    private bool TryAdd(in Command command)
    {
        var size = CommandOverhead + command.Payload.Length + (command.Name?.Length ?? 0);
        if (_pending.Count >= MaxCommands || _pendingBytes + size > MaxBytes)
            return false;
        _pending.Add(command);
        _pendingBytes += size;
        return true;
    }
}
