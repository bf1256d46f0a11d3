// Keeps inputs that are too early for the room's queue, so that a late room loses none of them.
using Aetheris.Protocol.Commands;
using Aetheris.World;

namespace Aetheris.Gateway.Connections;

/// <summary>
/// A first-in, first-out buffer in front of a ship's queue. A room takes 8 waiting inputs (DESIGN §3 Input); when it ticks late, a pilot
/// who goes on at 60 Hz sends more, and they would be refused. They wait here until the room's tick comes near. An input beyond the
/// 30 ticks that a room accepts goes on at once: its refusal is the client's clock hint.
/// </summary>
public struct EarlyInputs
{
    /// <summary>Most inputs that wait: more than the distance between what the queue takes and what a room refuses.</summary>
    public const int Capacity = 32;

    private readonly ShipInput[] _ring;
    private int _first;

    /// <summary>An empty buffer.</summary>
    public EarlyInputs()
    {
        _ring = new ShipInput[Capacity];
    }

    /// <summary>Inputs that wait.</summary>
    public int Count { get; private set; }

    /// <summary>Puts an input behind the others; false when the buffer is full.</summary>
    public bool TryAdd(in ShipInput input)
    {
        if (Count == Capacity)
            return false;
        _ring[(_first + Count++) % Capacity] = input;
        return true;
    }

    /// <summary>Takes the next input that the room can have.</summary>
    /// <param name="tick">Newest tick of the room.</param>
    /// <param name="input">The input.</param>
    public bool TryTake(ulong tick, out ShipInput input)
    {
        input = default;
        if (Count == 0)
            return false;
        var target = _ring[_first].TargetTick;
        if (target > tick + PilotInput.MaxQueued && target <= tick + PilotInput.MaxAheadTicks && Count < Capacity)
            return false;
        input = _ring[_first];
        _first = (_first + 1) % Capacity;
        Count--;
        return true;
    }
}
