// What a client knows of one cell: its states at the ticks that may be bases.
using System.Collections.Generic;
using Aetheris.Protocol.Codec2;

namespace Aetheris.Client.View.Codec2;

/// <summary>The states of one cell at up to 64 ticks, none older than <see cref="Codec2Limits.MaxAge"/> once swept.</summary>
internal sealed class CellRing
{
    private const int Depth = Codec2Limits.MaxAge + 1;

    private readonly CellSnapshot?[] _states = new CellSnapshot?[Depth];

    /// <summary>The cell.</summary>
    public ushort Cell { get; set; }

    /// <summary>Newest tick decoded, 0 = none.</summary>
    public ulong Newest { get; private set; }

    /// <summary>States held.</summary>
    public int Count { get; private set; }

    /// <summary>The state at a tick, or null.</summary>
    public CellSnapshot? At(ulong tick) => _states[tick % Depth] is { } state && state.Tick == tick ? state : null;

    /// <summary>Keeps a state; what it displaces, or the state itself where a newer one stands, goes to the pool.</summary>
    public void Put(CellSnapshot state, Stack<CellSnapshot> pool)
    {
        ref var place = ref _states[state.Tick % Depth];
        if (place is not null && place.Tick > state.Tick)
        {
            pool.Push(state);
            return;
        }

        if (place is null)
            Count++;
        else
            pool.Push(place);
        place = state;
        if (state.Tick > Newest)
            Newest = state.Tick;
    }

    /// <summary>Gives back the states before a tick.</summary>
    public void Sweep(ulong oldest, Stack<CellSnapshot> pool)
    {
        for (var i = 0; i < Depth; i++)
        {
            if (_states[i] is not { } state || state.Tick >= oldest)
                continue;
            pool.Push(state);
            _states[i] = null;
            Count--;
        }

        if (Count == 0)
            Newest = 0;
    }
}
