// Decides when a changed component is sent again, because nobody acknowledges codec 1.
using System.Numerics;

namespace Aetheris.Gateway.Replication;

/// <summary>
/// A component is due 2, 6 and 14 rounds after its last change (DESIGN §3, codec 1). One pending entry per component; a further
/// change moves it. A round is one encoded frame. Steady use allocates nothing.
/// </summary>
public sealed class RepairSchedule
{
    private const int First = 2;
    private const int Second = 6;
    private const int Third = 14;
    private const int Stride = 64;
    private const int Ring = 16;

    private readonly List<int>[] _ring = new List<int>[Ring];
    private uint[] _changed = [];
    private uint[] _due = [];
    private uint _round = 1;

    /// <summary>An empty schedule.</summary>
    public RepairSchedule()
    {
        for (var i = 0; i < Ring; i++)
            _ring[i] = [];
    }

    /// <summary>Begins the next round.</summary>
    public void Advance() => _round++;

    /// <summary>Notes that components of a slot changed in this round.</summary>
    public void Change(int slot, ulong mask)
    {
        Ensure(slot);
        for (; mask != 0; mask &= mask - 1)
        {
            var key = (slot * Stride) + BitOperations.TrailingZeroCount(mask);
            _changed[key] = _round;
            if (_due[key] <= _round || _due[key] > _round + First)
                Schedule(key, _round + First);
        }
    }

    /// <summary>Forgets a slot whose entity is gone.</summary>
    public void Forget(int slot)
    {
        if ((slot + 1) * Stride <= _due.Length)
            Array.Clear(_due, slot * Stride, Stride);
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Array.Clear(_due);
        foreach (var list in _ring)
            list.Clear();
    }

    /// <summary>Hands out what is due in this round.</summary>
    /// <param name="due">Receives slot and component bit.</param>
    public void TakeDue(List<(int Slot, ulong Bit)> due)
    {
        var list = _ring[_round % Ring];
        for (var i = 0; i < list.Count; i++)
        {
            var key = list[i];
            if (_due[key] != _round)
                continue;
            _due[key] = 0;
            var age = _round - _changed[key];
            if (age is First or Second or Third)
                due.Add((key / Stride, 1UL << (key % Stride)));
            if (age < Third)
                Schedule(key, _changed[key] + (age < First ? First : age < Second ? Second : (uint)Third));
        }

        list.Clear();
    }

    private void Schedule(int key, uint round)
    {
        _due[key] = round;
        _ring[round % Ring].Add(key);
    }

    private void Ensure(int slot)
    {
        var length = (slot + 1) * Stride;
        if (length <= _due.Length)
            return;
        var capacity = Math.Max(length, Math.Max(256 * Stride, _due.Length * 2));
        Array.Resize(ref _due, capacity);
        Array.Resize(ref _changed, capacity);
    }
}
