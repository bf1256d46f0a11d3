// Which input of each pilot acts in this tick. Source: DESIGN §3 Input.
using System;
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Components;

namespace Aetheris.World;

/// <summary>
/// Takes every queued input whose target is this tick or earlier, by target tick: each counts as applied and its edge buttons act once
/// (<see cref="RoomWorld.AppliedInputs"/>); its move and fire bit are held from now on if it is on time, or late but newer than the held
/// one. After 15 ticks without a new held input it becomes neutral.
/// </summary>
public sealed class InputSystem : ISystem
{
    /// <inheritdoc />
    public string Name => "Input";

    /// <inheritdoc />
    public uint Version => 1;

    /// <inheritdoc />
    public void Step(RoomWorld world)
    {
        var pilots = world.Entities.Column(StandardComponents.PilotInput);
        var statuses = world.Entities.Column(StandardComponents.PilotStatus);
        foreach (var slot in world.Entities.Slots)
        {
            if (!pilots.Has(slot))
                continue;
            ref var pilot = ref pilots.Mutate(slot);
            var renewed = pilot.Count > 0 && Take(world, slot, ref pilot, statuses);
            if (renewed)
                pilot.IdleTicks = 0;
            else if (pilot.IdleTicks <= PilotInput.HoldTicks)
                pilot.IdleTicks++;
            if (pilot.IdleTicks > PilotInput.HoldTicks)
                pilot.Held = new ShipInput { TargetTick = pilot.Held.TargetTick };
        }
    }

    /// <summary>Applies the due inputs; true if one of them is held from now on.</summary>
    private static bool Take(RoomWorld world, int slot, ref PilotInput pilot, ComponentColumn<PilotStatus> statuses)
    {
        var queue = PilotInput.Queue(ref pilot);
        PilotStatus status = statuses[slot];
        var renewed = false;
        var due = 0;
        for (; due < queue.Length && queue[due].TargetTick <= world.Tick; due++)
        {
            ref readonly var input = ref queue[due];
            status.AppliedTick = Math.Max(status.AppliedTick, input.TargetTick);
            status.AppliedCount = unchecked(status.AppliedCount + 1);
            status.InputChain = input.ChainAfter(status.InputChain);
            world.NoteApplied(slot, input);
            if (input.TargetTick != world.Tick && input.TargetTick <= pilot.Held.TargetTick)
                continue;
            pilot.Held = input with { Buttons = input.Buttons & InputButtons.Fire, MiningTarget = 0 };
            renewed = true;
        }

        PilotInput.Dequeue(ref pilot, due);
        statuses.Set(slot, status);
        return renewed;
    }
}
