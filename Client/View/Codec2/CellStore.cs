// The states of all cells that a client may be asked for as bases.
using System.Collections.Generic;
using Aetheris.Protocol.Codec2;

namespace Aetheris.Client.View.Codec2;

/// <summary>Bounded, whatever arrives; everything is reused: steady use allocates nothing.</summary>
internal sealed class CellStore
{
    /// <summary>Most states held: a datagram that needs more is not decoded.</summary>
    public const int MaxStates = 65_536;

    private readonly Dictionary<ushort, CellRing> _byCell = new();
    private readonly List<CellRing> _rings = new();
    private readonly Stack<CellRing> _freeRings = new();
    private readonly Stack<CellSnapshot> _freeStates = new();
    private int _made;
    private int _next;

    /// <summary>Cells with states.</summary>
    public int Count => _rings.Count;

    /// <summary>A state to decode into, or null when there are too many.</summary>
    public CellSnapshot? Rent()
    {
        if (_freeStates.Count > 0)
            return _freeStates.Pop();
        if (_made >= MaxStates)
            return null;
        _made++;
        return new CellSnapshot();
    }

    /// <summary>Takes back a state that is not kept.</summary>
    public void Return(CellSnapshot state) => _freeStates.Push(state);

    /// <summary>A cell's states, or null.</summary>
    public CellRing? Find(ushort cell) => _byCell.TryGetValue(cell, out var ring) ? ring : null;

    /// <summary>Keeps a state.</summary>
    /// <returns>Whether it is the cell's newest.</returns>
    public bool Put(ushort cell, CellSnapshot state)
    {
        if (!_byCell.TryGetValue(cell, out var ring))
        {
            ring = _freeRings.Count > 0 ? _freeRings.Pop() : new CellRing();
            ring.Cell = cell;
            _byCell.Add(cell, ring);
            _rings.Add(ring);
        }

        var isNewest = state.Tick > ring.Newest;
        ring.Put(state, _freeStates);
        return isNewest;
    }

    /// <summary>Forgets a cell.</summary>
    public void Drop(ushort cell)
    {
        if (!_byCell.TryGetValue(cell, out var ring))
            return;
        ring.Sweep(ulong.MaxValue, _freeStates);
        Remove(_rings.IndexOf(ring));
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        while (_rings.Count > 0)
            Drop(_rings[_rings.Count - 1].Cell);
    }

    /// <summary>Gives back what is too old to be a base: one cell per call.</summary>
    public void Sweep(ulong newestTick)
    {
        if (_rings.Count == 0 || newestTick <= Codec2Limits.MaxAge)
            return;
        if (_next >= _rings.Count)
            _next = 0;
        var ring = _rings[_next];
        ring.Sweep(newestTick - Codec2Limits.MaxAge, _freeStates);
        if (ring.Count == 0)
            Remove(_next);
        else
            _next++;
    }

    private void Remove(int index)
    {
        var ring = _rings[index];
        _byCell.Remove(ring.Cell);
        _rings[index] = _rings[_rings.Count - 1];
        _rings.RemoveAt(_rings.Count - 1);
        _freeRings.Push(ring);
    }
}
