// The inputs of one ship: those that wait for their tick and the one that is held. Server only. Source: DESIGN §3 Input.
using System;
using System.Runtime.InteropServices;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Components;

namespace Aetheris.World;

/// <summary>Input state of a piloted ship: a queue of at most <see cref="MaxQueued"/> inputs by ascending target tick, and the held input.</summary>
public struct PilotInput : IComponent<PilotInput>
{
    /// <summary>Most inputs that wait.</summary>
    public const int MaxQueued = 8;

    /// <summary>How far ahead of the room an input may aim, in ticks.</summary>
    public const int MaxAheadTicks = 30;

    /// <summary>Ticks without a new input for which the held one goes on acting.</summary>
    public const int HoldTicks = 15;

    /// <summary>What acts while no input is new: move, fire bit and view delay of the one with this target tick; never an edge.</summary>
    public ShipInput Held;

    /// <summary>Ticks since an input last set <see cref="Held"/>, counted to <see cref="HoldTicks"/> + 1.</summary>
    public byte IdleTicks;

    /// <summary>Inputs that wait.</summary>
    public byte Count;

    private ShipInput _q0, _q1, _q2, _q3, _q4, _q5, _q6, _q7;

    /// <summary>The waiting inputs of a ship by ascending target tick; equal ones in order of arrival.</summary>
    public static Span<ShipInput> Queue(ref PilotInput pilot) => MemoryMarshal.CreateSpan(ref pilot._q0, MaxQueued).Slice(0, pilot.Count);

    /// <summary>Puts an input into the queue; false when it is full.</summary>
    public static bool TryEnqueue(ref PilotInput pilot, in ShipInput input)
    {
        if (pilot.Count == MaxQueued)
            return false;
        var index = (int)pilot.Count;
        pilot.Count++;
        var queue = Queue(ref pilot);
        for (; index > 0 && queue[index - 1].TargetTick > input.TargetTick; index--)
            queue[index] = queue[index - 1];
        queue[index] = input;
        return true;
    }

    /// <summary>Drops the first inputs of the queue.</summary>
    public static void Dequeue(ref PilotInput pilot, int count)
    {
        var queue = Queue(ref pilot);
        queue.Slice(count).CopyTo(queue);
        queue.Slice(queue.Length - count).Clear();
        pilot.Count -= (byte)count;
    }

    /// <summary>Whether the bits of two values are the same.</summary>
    public readonly bool BitsEqual(in PilotInput other)
    {
        PilotInput a = this, b = other;
        if (a.Count != b.Count || a.IdleTicks != b.IdleTicks || !Same(a.Held, b.Held))
            return false;
        Span<ShipInput> left = Queue(ref a), right = Queue(ref b);
        for (var i = 0; i < left.Length; i++)
        {
            if (!Same(left[i], right[i]))
                return false;
        }

        return true;
    }

    /// <inheritdoc />
    public readonly void Write(ByteWriter writer)
    {
        Held.Write(writer);
        writer.WriteByte(IdleTicks);
        writer.WriteByte(Count);
        var copy = this;
        foreach (ref var input in Queue(ref copy))
            input.Write(writer);
    }

    /// <inheritdoc />
    public bool TryRead(ref ByteReader reader)
    {
        if (!(ShipInput.TryRead(ref reader, out Held)
            && (Held with { TargetTick = 1 }).IsValid
            && reader.TryReadByte(out IdleTicks) && IdleTicks <= HoldTicks + 1
            && reader.TryReadByte(out var count) && count <= MaxQueued))
        {
            return false;
        }

        Count = count;
        var queue = Queue(ref this);
        for (var i = 0; i < count; i++)
        {
            if (!ShipInput.TryRead(ref reader, out queue[i]) || !queue[i].IsValid || (i > 0 && queue[i - 1].TargetTick > queue[i].TargetTick))
                return false;
        }

        return true;
    }

    private static bool Same(in ShipInput a, in ShipInput b) =>
        a.TargetTick == b.TargetTick
        && BitConverter.SingleToInt32Bits(a.MoveX) == BitConverter.SingleToInt32Bits(b.MoveX)
        && BitConverter.SingleToInt32Bits(a.MoveY) == BitConverter.SingleToInt32Bits(b.MoveY)
        && a.Buttons == b.Buttons
        && a.ViewDelay == b.ViewDelay
        && a.MiningTarget == b.MiningTarget;
}
