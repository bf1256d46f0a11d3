// What was sent, and what became of each: a ring of the newest inputs with their outcomes, and the totals.
using System;
using Aetheris.Client.Quality;
using Aetheris.Protocol.Commands;

namespace Aetheris.Client.Input;

/// <summary>Every input gets one outcome; the ring's bookkeeping for <see cref="InputVerifier"/>.</summary>
internal sealed class InputLedger
{
    private readonly Entry[] _entries = new Entry[InputVerifier.Window];
    private readonly LatencyHistogram? _echo;
    private InputCounts _counts;
    private uint _covered;

    /// <summary>Creates a ledger.</summary>
    /// <param name="echo">Receives the time from sending an input to its acknowledgement, or null.</param>
    public InputLedger(LatencyHistogram? echo) => _echo = echo;

    /// <summary>Totals over all connections.</summary>
    public ref InputCounts Counts => ref _counts;

    /// <summary>Newest sequence of this connection, 0 = none.</summary>
    public uint Newest { get; private set; }

    /// <summary>Oldest sequence remembered.</summary>
    public uint First => Newest >= InputVerifier.Window ? Newest - InputVerifier.Window + 1 : 1;

    /// <summary>A new connection: what had no outcome never gets one.</summary>
    public void Reset()
    {
        for (var sequence = First; sequence <= Newest; sequence++)
            Settle(sequence, InputStatus.Unverified);
        Newest = 0;
        _covered = 0;
    }

    /// <summary>An input went out.</summary>
    public void Add(uint sequence, in ShipInput input, long nowMicros)
    {
        if (sequence > InputVerifier.Window)
            Settle(sequence, InputStatus.Unverified);
        EntryOf(sequence) = new Entry { Input = input, SentAt = nowMicros };
        Newest = sequence;
        _counts.Sent++;
    }

    /// <summary>Whether a sequence is remembered.</summary>
    public bool Has(uint sequence) => sequence != 0 && sequence <= Newest && Newest - sequence < InputVerifier.Window;

    /// <summary>What was sent.</summary>
    public ref ShipInput InputOf(uint sequence) => ref EntryOf(sequence).Input;

    /// <summary>Where it is.</summary>
    public InputStatus StatusOf(uint sequence) => EntryOf(sequence).Status;

    /// <summary>Whether it may still be found in the room's chain.</summary>
    public bool IsOpen(uint sequence) => EntryOf(sequence).Status is InputStatus.Sent or InputStatus.Received or InputStatus.Unreceived;

    /// <summary>The sequence of a target tick, 0 = none.</summary>
    public uint Find(ulong targetTick)
    {
        for (var sequence = First; sequence <= Newest; sequence++)
        {
            if (EntryOf(sequence).Input.TargetTick == targetTick)
                return sequence;
        }

        return 0;
    }

    /// <summary>It reached the gateway.</summary>
    public void MarkReceived(uint sequence) => EntryOf(sequence).Status = InputStatus.Received;

    /// <summary>Everything up to a target tick has acted: its echo ends here.</summary>
    public void OnApplied(ulong appliedTick, long nowMicros)
    {
        for (_covered = Math.Max(_covered, First); _covered <= Newest; _covered++)
        {
            ref var entry = ref EntryOf(_covered);
            if (entry.Input.TargetTick > appliedTick)
                return;
            entry.EchoMicros = nowMicros - entry.SentAt;
        }
    }

    /// <summary>It is in the room's chain.</summary>
    public void MarkAcked(uint sequence)
    {
        ref var entry = ref EntryOf(sequence);
        if (entry.Status == InputStatus.Unreceived)
            _counts.Unreceived--;
        entry.Status = InputStatus.Acked;
        _counts.Acked++;
        _echo?.Record(entry.EchoMicros);
    }

    /// <summary>It is one of several of which some are lost.</summary>
    public void MarkSuspect(uint sequence, bool countsAsLost)
    {
        EntryOf(sequence).Status = InputStatus.Suspect;
        if (countsAsLost)
            _counts.Lost++;
        else
            _counts.Unverified++;
    }

    /// <summary>The room refused it; a loss that this explains was none.</summary>
    public void MarkRejected(uint sequence)
    {
        ref var entry = ref EntryOf(sequence);
        if (entry.Status == InputStatus.Lost)
        {
            // The acknowledgement that misses it may overtake the reliable event that explains why.
            _counts.Lost--;
            _counts.Rejected++;
            entry.Status = InputStatus.Rejected;
            return;
        }

        Settle(sequence, InputStatus.Rejected);
    }

    /// <summary>Gives an input its outcome, once.</summary>
    public void Settle(uint sequence, InputStatus outcome)
    {
        ref var entry = ref EntryOf(sequence);
        if (entry.Status > InputStatus.Received || entry.Input.TargetTick == 0)
            return;
        entry.Status = outcome;
        switch (outcome)
        {
            case InputStatus.Lost:
                _counts.Lost++;
                break;
            case InputStatus.Unreceived:
                _counts.Unreceived++;
                break;
            case InputStatus.Rejected:
                _counts.Rejected++;
                break;
            case InputStatus.Unverified:
                _counts.Unverified++;
                break;
        }
    }

    private ref Entry EntryOf(uint sequence) => ref _entries[sequence % InputVerifier.Window];

    private struct Entry
    {
        public ShipInput Input;
        public long SentAt;
        public long EchoMicros;
        public InputStatus Status;
    }
}
