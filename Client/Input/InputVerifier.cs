// Proves from the room's chain that no acknowledged input is missing, and names those that are.
using System;
using Aetheris.Client.Quality;
using Aetheris.Protocol.Commands;

namespace Aetheris.Client.Input;

/// <summary>
/// Keeps its own copy of what was sent. The received history of each acknowledgement decides which inputs reached the gateway;
/// the chain is continued over those, in order, and compared with the room's. Where it differs, as many of the newly acknowledged
/// inputs as the room counts are sought that explain its chain (<see cref="ChainSearch"/>): they are applied, what else reached the
/// gateway is lost. If none do, all that reached it is lost and the rest has no outcome. Where the chain starts over with a new ship,
/// inputs that met none are in no chain: of those sent before the client heard of its ship, what is not in the new chain has no outcome.
/// </summary>
public sealed class InputVerifier
{
    /// <summary>Inputs followed at once.</summary>
    public const int Window = 256;

    private readonly Entry[] _entries = new Entry[Window];
    private readonly uint[] _candidates = new uint[Window];
    private readonly ChainSearch _search = new(Window);
    private readonly LatencyHistogram? _echo;
    private InputCounts _counts;
    private uint _newest;
    private uint _unjudged = 1;
    private uint _verified;
    private uint _count;
    private uint _covered;
    private uint _chain;
    private ulong _ackTick;
    private uint _shipless;
    private bool _mayHaveRestarted;

    /// <summary>Creates a verifier.</summary>
    /// <param name="echo">Receives the time from sending an input to its acknowledgement, or null.</param>
    public InputVerifier(LatencyHistogram? echo = null) => _echo = echo;

    /// <summary>Totals over all connections of this client.</summary>
    public InputCounts Counts => _counts;

    /// <summary>Newest sequence sent on this connection, 0 = none.</summary>
    public uint Newest => _newest;

    /// <summary>Chain over the inputs shown to be applied on this connection.</summary>
    public uint Chain => _chain;

    /// <summary>Status of a recent input; false when it is no longer or not yet known.</summary>
    public bool TryGetStatus(uint sequence, out InputStatus status)
    {
        status = default;
        if (sequence == 0 || sequence > _newest || _newest - sequence >= Window)
            return false;
        status = _entries[sequence % Window].Status;
        return true;
    }

    /// <summary>A new connection: sequences and chain start over; what had no outcome never gets one.</summary>
    public void Reset()
    {
        for (var sequence = First(); sequence <= _newest; sequence++)
            Settle(ref _entries[sequence % Window], InputStatus.Unverified);
        _newest = 0;
        _unjudged = 1;
        _verified = 0;
        _count = 0;
        _chain = 0;
        _ackTick = 0;
        _covered = 0;
        _shipless = 0;
        _mayHaveRestarted = false;
    }

    /// <summary>The room gave the connection a ship (again): its count and chain may start at 0, which the next acknowledgement shows.</summary>
    public void OnJoined()
    {
        _mayHaveRestarted = _newest != 0;
        _shipless = _newest;
    }

    /// <summary>An input went out.</summary>
    /// <param name="sequence">One above the last.</param>
    /// <param name="input">What was sent.</param>
    /// <param name="nowMicros">When.</param>
    public void Sent(uint sequence, in ShipInput input, long nowMicros)
    {
        if (sequence != _newest + 1)
            throw new InvalidOperationException("input sequences count up by one");
        ref var entry = ref _entries[sequence % Window];
        if (sequence > Window)
            Settle(ref entry, InputStatus.Unverified);
        entry = new Entry { Input = input, SentAt = nowMicros };
        _newest = sequence;
        _unjudged = Math.Max(_unjudged, First());
        _verified = Math.Max(_verified, First() - 1);
        _counts.Sent++;
    }

    /// <summary>Which inputs reached the gateway. Nonsense is ignored.</summary>
    /// <param name="receivedSequence">The newest of them.</param>
    /// <param name="history">Bit n set = (newest − 1 − n) reached it.</param>
    /// <param name="depth">Bits of the history, at most 64.</param>
    public void OnReceived(uint receivedSequence, ulong history, int depth = 64)
    {
        if (receivedSequence > _newest)
            return;
        for (; _unjudged <= receivedSequence; _unjudged++)
        {
            ref var entry = ref _entries[_unjudged % Window];
            var distance = receivedSequence - _unjudged;
            if (entry.Status != InputStatus.Sent || distance > depth)
                continue;
            if (distance == 0 || (history >> (int)(distance - 1) & 1) != 0)
                entry.Status = InputStatus.Received;
            else
                Settle(ref entry, InputStatus.Unreceived);
        }
    }

    /// <summary>The room says up to which target tick it has applied inputs: their echo ends here.</summary>
    public void OnApplied(ulong appliedTick, long nowMicros)
    {
        for (_covered = Math.Max(_covered, First()); _covered <= _newest; _covered++)
        {
            ref var entry = ref _entries[_covered % Window];
            if (entry.Input.TargetTick > appliedTick)
                return;
            entry.EchoMicros = nowMicros - entry.SentAt;
        }
    }

    /// <summary>What the room applied. Call <see cref="OnReceived"/> with the same message first; older messages are ignored.</summary>
    public void OnAck(ulong tick, ulong appliedTick, uint appliedCount, uint inputChain)
    {
        if (tick < _ackTick)
            return;
        _ackTick = tick;
        if (appliedCount < _count)
        {
            // The event that tells of the new ship may come later than this.
            if (!_mayHaveRestarted)
                _shipless = _newest;
            _count = 0;
            _chain = 0;
            _mayHaveRestarted = true;
        }

        if (appliedCount == _count)
        {
            if (inputChain == _chain)
                return;
            _counts.ChainMismatches++;
            _chain = inputChain;
            return;
        }

        Judge(Collect(appliedTick), appliedCount, inputChain);
        _count = appliedCount;
        _chain = inputChain;
        _mayHaveRestarted = false;
    }

    /// <summary>The room refused the input for a target tick, and says so of each: it is not in the chain, and that is no loss.</summary>
    public void OnRejected(ulong targetTick)
    {
        for (var sequence = First(); sequence <= _newest; sequence++)
        {
            ref var entry = ref _entries[sequence % Window];
            if (entry.Input.TargetTick != targetTick)
                continue;
            if (entry.Status == InputStatus.Lost)
            {
                // The acknowledgement that misses it may overtake the reliable event that explains why.
                _counts.Lost--;
                _counts.Rejected++;
                entry.Status = InputStatus.Rejected;
            }
            else
            {
                Settle(ref entry, InputStatus.Rejected);
            }

            return;
        }
    }

    /// <summary>Changes the copy of an input that was sent: the self-test's chain mismatch.</summary>
    internal bool TryAlterCopy(uint sequence)
    {
        if (sequence == 0 || sequence > _newest || _newest - sequence >= Window || _entries[sequence % Window].Status > InputStatus.Received)
            return false;
        _entries[sequence % Window].Input.ViewDelay ^= 1;
        return true;
    }

    private uint First() => _newest >= Window ? _newest - Window + 1 : 1;

    private int Collect(ulong appliedTick)
    {
        var count = 0;
        _search.Clear();
        for (var sequence = _verified + 1; sequence < _unjudged; sequence++)
        {
            ref readonly var entry = ref _entries[sequence % Window];
            if (entry.Input.TargetTick > appliedTick)
                break;
            _verified = sequence;
            if (entry.Status is not (InputStatus.Sent or InputStatus.Received or InputStatus.Unreceived))
                continue;
            _search.Add(entry.Input, entry.Status == InputStatus.Received);
            _candidates[count++] = sequence;
        }

        return count;
    }

    private void Judge(int candidates, uint appliedCount, uint inputChain)
    {
        var first = 0;
        var explained = _search.TryTakeReceived(first, _chain, appliedCount - _count, inputChain)
            || _search.TryExplain(_chain, appliedCount - _count, inputChain);
        if (!explained && _mayHaveRestarted)
        {
            // Inputs from before the restart are in no chain that is still reported.
            first = (int)Math.Max(0, candidates - (long)appliedCount);
            _count = 0;
            _chain = 0;
            explained = _search.TryTakeReceived(first, _chain, appliedCount, inputChain);
        }

        for (var i = 0; i < first; i++)
            Settle(ref _entries[_candidates[i] % Window], InputStatus.Unverified);
        if (!explained)
            _counts.ChainMismatches++;
        var shipless = _mayHaveRestarted && _count == 0 ? _shipless : 0;
        for (var i = first; i < candidates; i++)
            Conclude(_candidates[i], explained, explained && _search.IsApplied(i), shipless);
    }

    private void Conclude(uint sequence, bool explained, bool applied, uint shipless)
    {
        ref var entry = ref _entries[sequence % Window];
        if (!applied && sequence <= shipless)
        {
            Settle(ref entry, InputStatus.Unverified);
            return;
        }

        if (!applied)
        {
            var missing = explained ? InputStatus.Unreceived : InputStatus.Unverified;
            Settle(ref entry, entry.Status == InputStatus.Received ? InputStatus.Lost : missing);
            return;
        }

        if (entry.Status == InputStatus.Unreceived)
            _counts.Unreceived--;
        entry.Status = InputStatus.Acked;
        _counts.Acked++;
        _echo?.Record(entry.EchoMicros);
    }

    /// <summary>Gives an input its outcome, once.</summary>
    private void Settle(ref Entry entry, InputStatus outcome)
    {
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

    private struct Entry
    {
        public ShipInput Input;
        public long SentAt;
        public long EchoMicros;
        public InputStatus Status;
    }
}
