// Acknowledged inputs whose chain nothing explains yet: the events that say which of them the room refused may still be on their way.
using System;

namespace Aetheris.Client.Input;

/// <summary>
/// Runs of sequences, oldest first. A run waits until a refusal makes its chain explicable or its time is over. Bounded: no room means
/// that the oldest has waited long enough.
/// </summary>
internal sealed class DisputedInputs
{
    private const int MaxRuns = 8;

    // Reliable events come in order, and again after about two round trips: with 30 % loss some are four trips late. The verifier
    // remembers 256 inputs, so that this is nearly as long as it can wait.
    private const ulong PatienceTicks = 180;

    private readonly Run[] _runs = new Run[MaxRuns];

    /// <summary>Runs that wait.</summary>
    public int Count { get; private set; }

    /// <summary>Whether there is no room for another.</summary>
    public bool IsFull => Count == MaxRuns;

    /// <summary>A run.</summary>
    public ref readonly Run this[int index] => ref _runs[index];

    /// <summary>Adds a run; there is room.</summary>
    public void Add(in Run run) => _runs[Count++] = run;

    /// <summary>Takes a run out.</summary>
    public void Remove(int index)
    {
        Array.Copy(_runs, index + 1, _runs, index, Count - index - 1);
        Count--;
    }

    /// <summary>Whether the oldest run has waited long enough.</summary>
    public bool IsOldestOver(ulong tick) => Count > 0 && _runs[0].Tick + PatienceTicks < tick;

    /// <summary>The run that a sequence is in, or −1.</summary>
    public int Find(uint sequence)
    {
        for (var i = 0; i < Count; i++)
        {
            if (sequence >= _runs[i].First && sequence <= _runs[i].Last)
                return i;
        }

        return -1;
    }

    /// <summary>Forgets everything.</summary>
    public void Clear() => Count = 0;

    /// <summary>Inputs between two acknowledgements.</summary>
    /// <param name="First">First sequence.</param>
    /// <param name="Last">Last sequence.</param>
    /// <param name="Chain">Chain before them.</param>
    /// <param name="Applied">How many of them the room applied.</param>
    /// <param name="Wanted">Chain after them.</param>
    /// <param name="Tick">Tick of the acknowledgement.</param>
    internal readonly record struct Run(uint First, uint Last, uint Chain, uint Applied, uint Wanted, ulong Tick);
}
