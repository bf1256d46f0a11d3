// Proves from the room's chain that no acknowledged input is missing, and names those that are.
using System;
using Aetheris.Client.Quality;
using Aetheris.Protocol.Commands;

namespace Aetheris.Client.Input;

/// <summary>
/// Keeps its own copy of what was sent. The received history of each acknowledgement decides which inputs reached the gateway;
/// the chain is continued over those, in order, and compared with the room's. Where it differs, as many of the newly acknowledged
/// inputs as the room counts are sought that explain its chain (<see cref="ChainSearch"/>): they are applied. Where something else reached
/// the gateway, or nothing explains the chain, all wait for three seconds, because the event that says which of them the room refused may come
/// later (<see cref="DisputedInputs"/>). Then what is not in the chain is lost; of an unexplained one as many as the room's count is short
/// of, at least one, and which of them is unknown.
/// Where the chain starts over with a new ship, inputs that met none are in no chain: of those sent before the client heard of its ship,
/// what is not in the new chain has no outcome.
/// </summary>
public sealed class InputVerifier
{
    /// <summary>Inputs followed at once.</summary>
    public const int Window = 256;

    private readonly uint[] _candidates = new uint[Window];
    private readonly ChainSearch _search = new(Window);
    private readonly DisputedInputs _disputed = new();
    private readonly InputLedger _ledger;
    private uint _unjudged = 1;
    private uint _verified;
    private uint _count;
    private uint _chain;
    private ulong _ackTick;
    private uint _shipless;
    private bool _mayHaveRestarted;

    /// <summary>Creates a verifier.</summary>
    /// <param name="echo">Receives the time from sending an input to its acknowledgement, or null.</param>
    public InputVerifier(LatencyHistogram? echo = null) => _ledger = new InputLedger(echo);

    /// <summary>Totals over all connections of this client.</summary>
    public InputCounts Counts => _ledger.Counts;

    /// <summary>Newest sequence sent on this connection, 0 = none.</summary>
    public uint Newest => _ledger.Newest;

    /// <summary>Chain over the inputs shown to be applied on this connection.</summary>
    public uint Chain => _chain;

    /// <summary>Status of a recent input; false when it is no longer or not yet known.</summary>
    public bool TryGetStatus(uint sequence, out InputStatus status)
    {
        status = _ledger.Has(sequence) ? _ledger.StatusOf(sequence) : default;
        return _ledger.Has(sequence);
    }

    /// <summary>A new connection: sequences and chain start over; what had no outcome never gets one.</summary>
    public void Reset()
    {
        _disputed.Clear();
        _ledger.Reset();
        _unjudged = 1;
        _verified = 0;
        _count = 0;
        _chain = 0;
        _ackTick = 0;
        _shipless = 0;
        _mayHaveRestarted = false;
    }

    /// <summary>The room gave the connection a ship (again): its count and chain may start at 0, which the next acknowledgement shows.</summary>
    public void OnJoined()
    {
        _mayHaveRestarted = Newest != 0;
        _shipless = Newest;
    }

    /// <summary>An input went out.</summary>
    /// <param name="sequence">One above the last.</param>
    /// <param name="input">What was sent.</param>
    /// <param name="nowMicros">When.</param>
    public void Sent(uint sequence, in ShipInput input, long nowMicros)
    {
        if (sequence != Newest + 1)
            throw new InvalidOperationException("input sequences count up by one");
        _ledger.Add(sequence, input, nowMicros);
        _unjudged = Math.Max(_unjudged, _ledger.First);
        _verified = Math.Max(_verified, _ledger.First - 1);
    }

    /// <summary>Which inputs reached the gateway. Nonsense is ignored.</summary>
    /// <param name="receivedSequence">The newest of them.</param>
    /// <param name="history">Bit n set = (newest − 1 − n) reached it.</param>
    /// <param name="depth">Bits of the history, at most 64.</param>
    public void OnReceived(uint receivedSequence, ulong history, int depth = 64)
    {
        if (receivedSequence > Newest)
            return;
        for (; _unjudged <= receivedSequence; _unjudged++)
        {
            var distance = receivedSequence - _unjudged;
            if (_ledger.StatusOf(_unjudged) != InputStatus.Sent || distance > depth)
                continue;
            if (distance == 0 || (history >> (int)(distance - 1) & 1) != 0)
                _ledger.MarkReceived(_unjudged);
            else
                _ledger.Settle(_unjudged, InputStatus.Unreceived);
        }
    }

    /// <summary>The room says up to which target tick it has applied inputs: their echo ends here.</summary>
    public void OnApplied(ulong appliedTick, long nowMicros) => _ledger.OnApplied(appliedTick, nowMicros);

    /// <summary>What the room applied. Call <see cref="OnReceived"/> with the same message first; older messages are ignored.</summary>
    public void OnAck(ulong tick, ulong appliedTick, uint appliedCount, uint inputChain)
    {
        if (tick < _ackTick)
            return;
        _ackTick = tick;
        while (_disputed.IsOldestOver(tick))
            GiveUp(0);
        if (appliedCount < _count)
        {
            // The event that tells of the new ship may come later than this.
            if (!_mayHaveRestarted)
                _shipless = Newest;
            _count = 0;
            _chain = 0;
            _mayHaveRestarted = true;
        }

        if (appliedCount == _count)
        {
            if (inputChain == _chain)
                return;
            _ledger.Counts.ChainMismatches++;
            _chain = inputChain;
            return;
        }

        Judge(appliedTick, appliedCount, inputChain);
        _count = appliedCount;
        _chain = inputChain;
        _mayHaveRestarted = false;
    }

    /// <summary>The room refused the input for a target tick, and says so of each: it is not in the chain, and that is no loss.</summary>
    public void OnRejected(ulong targetTick)
    {
        var sequence = _ledger.Find(targetTick);
        if (sequence == 0)
            return;
        _ledger.MarkRejected(sequence);
        Reconsider(_disputed.Find(sequence));
    }

    /// <summary>Judges what still waits for refusals: the end of a measurement.</summary>
    public void Flush()
    {
        while (_disputed.Count > 0)
            GiveUp(0);
    }

    /// <summary>Changes the copy of an input that was sent: the self-test's chain mismatch.</summary>
    internal bool TryAlterCopy(uint sequence)
    {
        if (!_ledger.Has(sequence) || _ledger.StatusOf(sequence) > InputStatus.Received)
            return false;
        _ledger.InputOf(sequence).ViewDelay ^= 1;
        return true;
    }

    private int Collect(uint first, uint last)
    {
        var count = 0;
        _search.Clear();
        for (var sequence = first; sequence <= last; sequence++)
        {
            if (!_ledger.IsOpen(sequence))
                continue;
            _search.Add(_ledger.InputOf(sequence), _ledger.StatusOf(sequence) == InputStatus.Received);
            _candidates[count++] = sequence;
        }

        return count;
    }

    /// <summary>Whether the chain is explained and everything that reached the gateway is in it.</summary>
    private bool IsWhole(int candidates, uint chain, uint applied, uint wanted)
    {
        if (_search.TryTakeReceived(0, chain, applied, wanted))
            return true;
        if (!_search.TryExplain(chain, applied, wanted))
            return false;
        for (var i = 0; i < candidates; i++)
        {
            if (!_search.IsApplied(i) && _ledger.StatusOf(_candidates[i]) == InputStatus.Received)
                return false;
        }

        return true;
    }

    private void Judge(ulong appliedTick, uint appliedCount, uint inputChain)
    {
        var from = _verified + 1;
        for (var sequence = from; sequence < _unjudged && _ledger.InputOf(sequence).TargetTick <= appliedTick; sequence++)
            _verified = sequence;
        var candidates = Collect(from, _verified);
        if (IsWhole(candidates, _chain, appliedCount - _count, inputChain))
        {
            Conclude(0, candidates, explained: true, _mayHaveRestarted && _count == 0 ? _shipless : 0);
            return;
        }

        if (!_mayHaveRestarted)
        {
            if (_disputed.IsFull)
                GiveUp(0);
            _disputed.Add(new DisputedInputs.Run(from, _verified, _chain, appliedCount - _count, inputChain, _ackTick));

            // A refusal would leave fewer applied than reached the gateway: where it does not, waiting for one is in vain.
            if (CountReceived(candidates, out var areJudged) <= appliedCount - _count && areJudged)
                GiveUp(_disputed.Count - 1);
            return;
        }

        // Without a ship there was no chain: what came before the restart is in none that is still reported.
        var explained = _search.TryExplain(_chain, appliedCount - _count, inputChain);
        var first = 0;
        if (!explained)
        {
            first = (int)Math.Max(0, candidates - (long)appliedCount);
            _count = 0;
            _chain = 0;
            explained = _search.TryTakeReceived(first, _chain, appliedCount, inputChain);
        }

        for (var i = 0; i < first; i++)
            _ledger.Settle(_candidates[i], InputStatus.Unverified);
        if (!explained)
            _ledger.Counts.ChainMismatches++;
        Conclude(first, candidates, explained, _count == 0 ? _shipless : 0);
    }

    private void Conclude(int first, int candidates, bool explained, uint shipless)
    {
        for (var i = first; i < candidates; i++)
            Conclude(_candidates[i], explained, explained && _search.IsApplied(i), shipless);
    }

    private void Conclude(uint sequence, bool explained, bool applied, uint shipless)
    {
        if (applied)
        {
            _ledger.MarkAcked(sequence);
            return;
        }

        var missing = explained ? InputStatus.Unreceived : InputStatus.Unverified;
        if (sequence <= shipless)
            missing = InputStatus.Unverified;
        else if (_ledger.StatusOf(sequence) == InputStatus.Received)
            missing = InputStatus.Lost;
        _ledger.Settle(sequence, missing);
    }

    /// <summary>One of a disputed run was refused: the others may be explained now.</summary>
    private void Reconsider(int index)
    {
        if (index < 0)
            return;
        var run = _disputed[index];
        var candidates = Collect(run.First, run.Last);
        if (!IsWhole(candidates, run.Chain, run.Applied, run.Wanted))
            return;
        _disputed.Remove(index);
        Conclude(0, candidates, explained: true, shipless: 0);
    }

    /// <summary>No refusal came: what is not in the chain is lost.</summary>
    private void GiveUp(int index)
    {
        var run = _disputed[index];
        _disputed.Remove(index);
        var candidates = Collect(run.First, run.Last);
        if (_search.TryExplain(run.Chain, run.Applied, run.Wanted))
        {
            Conclude(0, candidates, explained: true, shipless: 0);
            return;
        }

        // Where no history said what reached the gateway, nothing is proven.
        var received = CountReceived(candidates, out var areJudged);
        var lost = areJudged ? Math.Max(1, received - (long)run.Applied) : 0;
        _ledger.Counts.ChainMismatches += areJudged ? 1 : 0;
        for (var i = 0; i < candidates; i++)
        {
            if (_ledger.StatusOf(_candidates[i]) == InputStatus.Received)
                _ledger.MarkSuspect(_candidates[i], countsAsLost: lost-- > 0);
            else
                _ledger.Settle(_candidates[i], InputStatus.Unverified);
        }
    }
    private int CountReceived(int candidates, out bool areJudged)
    {
        var received = 0;
        areJudged = true;
        for (var i = 0; i < candidates; i++)
        {
            received += _ledger.StatusOf(_candidates[i]) == InputStatus.Received ? 1 : 0;
            areJudged &= _ledger.StatusOf(_candidates[i]) != InputStatus.Sent;
        }

        return received;
    }
}
