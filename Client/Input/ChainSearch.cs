// Finds which of the inputs that a room may have applied explain the chain it reports.
using Aetheris.Protocol.Commands;

namespace Aetheris.Client.Input;

/// <summary>
/// Holds candidates in sequence order. Those that reached the gateway are the first guess; then all but one contiguous gap; then, among
/// few candidates, every subset of the right size.
/// </summary>
internal sealed class ChainSearch
{
    private const int MaxSearchInputs = 20;
    private const int MaxSearchSteps = 20_000;

    private readonly ShipInput[] _inputs;
    private readonly bool[] _received;
    private readonly bool[] _chosen;
    private int _end;
    private int _steps;

    /// <summary>Creates a search.</summary>
    /// <param name="capacity">Most candidates.</param>
    public ChainSearch(int capacity)
    {
        _inputs = new ShipInput[capacity];
        _received = new bool[capacity];
        _chosen = new bool[capacity];
    }

    /// <summary>Forgets the candidates.</summary>
    public void Clear() => _end = 0;

    /// <summary>Adds a candidate with a sequence above the last one's.</summary>
    /// <param name="input">What was sent.</param>
    /// <param name="received">Whether it is known to have reached the gateway.</param>
    public void Add(in ShipInput input, bool received)
    {
        _inputs[_end] = input;
        _received[_end] = received;
        _end++;
    }

    /// <summary>Whether the last search, which succeeded, took a candidate as applied.</summary>
    /// <param name="i">Which one, counting from 0 as they were added.</param>
    public bool IsApplied(int i) => _chosen[i];

    /// <summary>Whether exactly the received candidates explain the chain.</summary>
    /// <param name="first">Candidates before this one are left aside.</param>
    /// <param name="chain">Chain before the first of them.</param>
    /// <param name="applied">How many were applied.</param>
    /// <param name="wanted">Chain after the last of them.</param>
    public bool TryTakeReceived(int first, uint chain, uint applied, uint wanted)
    {
        var count = 0u;
        for (var i = first; i < _end; i++)
        {
            _chosen[i] = _received[i];
            if (!_chosen[i])
                continue;
            chain = _inputs[i].ChainAfter(chain);
            count++;
        }

        return count == applied && chain == wanted;
    }

    /// <summary>Whether any subset that is searched explains the chain, received or not.</summary>
    /// <param name="chain">Chain before the first candidate.</param>
    /// <param name="applied">How many were applied.</param>
    /// <param name="wanted">Chain after the last of them.</param>
    public bool TryExplain(uint chain, uint applied, uint wanted)
    {
        if (applied > _end)
            return false;
        for (var gap = 0; gap <= applied; gap++)
        {
            if (TryTakeAllBut(gap, gap + _end - (int)applied, chain, wanted))
                return true;
        }

        if (_end > MaxSearchInputs)
            return false;
        _steps = 0;
        return TryTakeSubset(0, applied, chain, wanted);
    }

    private bool TryTakeAllBut(int gapStart, int gapEnd, uint chain, uint wanted)
    {
        for (var i = 0; i < _end; i++)
        {
            _chosen[i] = i < gapStart || i >= gapEnd;
            if (_chosen[i])
                chain = _inputs[i].ChainAfter(chain);
        }

        return chain == wanted;
    }

    private bool TryTakeSubset(int i, uint left, uint chain, uint wanted)
    {
        if (++_steps > MaxSearchSteps || left > _end - i)
            return false;
        if (i == _end)
            return chain == wanted;
        if (left > 0)
        {
            _chosen[i] = true;
            if (TryTakeSubset(i + 1, left - 1, _inputs[i].ChainAfter(chain), wanted))
                return true;
        }

        _chosen[i] = false;
        return TryTakeSubset(i + 1, left, chain, wanted);
    }
}
