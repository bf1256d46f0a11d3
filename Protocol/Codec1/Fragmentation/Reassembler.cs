// Puts fragmented messages together again, within hard bounds of memory per client. Source: WIRE_FORMAT §5.
using System.Collections.Generic;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Codec1.Events;

namespace Aetheris.Protocol.Codec1.Fragmentation;

/// <summary>
/// Keyed by client and message id; order of arrival does not matter and a repeated fragment changes nothing. A client holds at most
/// <see cref="MaxOpenMessages"/> messages and <see cref="MaxBytes"/>; beyond that its oldest message goes, so that a client that loses
/// fragments is not locked out. Not thread-safe.
/// </summary>
public sealed class Reassembler
{
    /// <summary>Most incomplete messages of one client.</summary>
    public const int MaxOpenMessages = 8;

    /// <summary>Most bytes held for one client, counting <see cref="PendingMessage.FragmentCost"/> for every fragment.</summary>
    public const int MaxBytes = 256 * 1024;

    private readonly ulong _timeoutTicks;
    private readonly Dictionary<ulong, List<PendingMessage>> _clients = new();
    private readonly List<ulong> _emptied = new();

    /// <summary>Creates a reassembler.</summary>
    /// <param name="timeoutTicks">Age in ticks beyond which an incomplete message is pruned: <see cref="Codec1Limits.ReassemblySeconds"/> at the tick rate.</param>
    public Reassembler(ulong timeoutTicks) => _timeoutTicks = timeoutTicks;

    /// <summary>Incomplete messages that went so that newer fragments fit, since the start.</summary>
    public long Evicted { get; private set; }

    /// <summary>Incomplete messages that were too old, since the start.</summary>
    public long Expired { get; private set; }

    /// <summary>Clients that have an incomplete message.</summary>
    public int ClientCount => _clients.Count;

    /// <summary>Takes a fragment.</summary>
    /// <param name="client">Who sent it.</param>
    /// <param name="fragment">The fragment; its payload is copied.</param>
    /// <param name="tick">Now.</param>
    /// <param name="message">Receives the message (appended) when it is complete.</param>
    public ReassemblyResult Add(ulong client, in FragmentedEvent fragment, ulong tick, ByteWriter message)
    {
        if (fragment.TotalFragments is 0 or > Codec1Limits.MaxTotalFragments
            || fragment.FragmentIndex >= fragment.TotalFragments
            || fragment.Payload.Length + PendingMessage.FragmentCost > MaxBytes)
        {
            return ReassemblyResult.Ignored;
        }

        var open = OpenMessages(client);
        var pending = Find(open, fragment.MessageId);
        if (pending is null)
        {
            if (open.Count == MaxOpenMessages)
                EvictOldest(open);
            pending = new PendingMessage(fragment.MessageId, fragment.TotalFragments, tick);
            open.Add(pending);
        }
        else if (pending.Total != fragment.TotalFragments || pending.Has(fragment.FragmentIndex))
        {
            return ReassemblyResult.Ignored;
        }

        if (!MakeRoom(open, pending, fragment.Payload.Length + PendingMessage.FragmentCost))
        {
            RemoveIfEmpty(client, open);
            return ReassemblyResult.Ignored;
        }

        pending.Add(fragment.FragmentIndex, fragment.Payload);
        if (!pending.IsComplete)
            return ReassemblyResult.Stored;
        open.Remove(pending);
        RemoveIfEmpty(client, open);
        pending.WriteTo(message);
        return ReassemblyResult.Completed;
    }

    /// <summary>Drops messages whose first fragment is strictly older than the timeout.</summary>
    public void Prune(ulong tick)
    {
        foreach (var client in _clients)
        {
            var open = client.Value;
            while (open.Count > 0 && tick > open[0].StartTick && tick - open[0].StartTick > _timeoutTicks)
            {
                open.RemoveAt(0);
                Expired++;
            }

            if (open.Count == 0)
                _emptied.Add(client.Key);
        }

        foreach (var client in _emptied)
            _clients.Remove(client);
        _emptied.Clear();
    }

    /// <summary>Forgets a client.</summary>
    /// <returns>How many incomplete messages it had.</returns>
    public int Purge(ulong client)
    {
        if (!_clients.TryGetValue(client, out var open))
            return 0;
        _clients.Remove(client);
        return open.Count;
    }

    /// <summary>Bytes held for a client.</summary>
    public int BytesOf(ulong client) => _clients.TryGetValue(client, out var open) ? SizeOf(open) : 0;

    // Messages stay in order of arrival, so the first is the oldest.
    private List<PendingMessage> OpenMessages(ulong client)
    {
        if (!_clients.TryGetValue(client, out var open))
        {
            open = new List<PendingMessage>(1);
            _clients.Add(client, open);
        }

        return open;
    }

    private static PendingMessage? Find(List<PendingMessage> open, uint id)
    {
        foreach (var pending in open)
        {
            if (pending.Id == id)
                return pending;
        }

        return null;
    }

    private void EvictOldest(List<PendingMessage> open)
    {
        open.RemoveAt(0);
        Evicted++;
    }

    private bool MakeRoom(List<PendingMessage> open, PendingMessage wanted, int size)
    {
        while (SizeOf(open) + size > MaxBytes)
        {
            var oldest = open[0];
            EvictOldest(open);
            if (ReferenceEquals(oldest, wanted))
                return false;
        }

        return true;
    }

    private static int SizeOf(List<PendingMessage> open)
    {
        var size = 0;
        foreach (var pending in open)
            size += pending.Size;
        return size;
    }

    private void RemoveIfEmpty(ulong client, List<PendingMessage> open)
    {
        if (open.Count == 0)
            _clients.Remove(client);
    }
}
