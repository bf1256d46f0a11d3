// What an input does when it arrives: it waits for its tick. Source: DESIGN §3 Input.
using System;
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Components;
using Aetheris.Protocol.Events;
using Aetheris.Protocol.Identity;

namespace Aetheris.World;

/// <summary>
/// Queues an input of the current connection's pilot: at most 8 wait, none more than 30 ticks ahead; another is refused with an
/// InputRejected event (one per ship and tick) whose Amount is target − now. Values that are not finite and unknown buttons have no effect.
/// </summary>
public sealed class InputRule : ICommandRule
{
    /// <inheritdoc />
    public string Name => "Input";

    /// <inheritdoc />
    public uint Version => 1;

    /// <inheritdoc />
    public void Apply(RoomWorld world, in Command command)
    {
        if (!command.Input.IsValid || !world.Players.TryCurrent(command.Player, command.Connection, out var index))
            return;
        ref readonly var record = ref world.Players.At(index);
        if (record.Ship == NetworkId.None || !world.Entities.TryGetSlot(record.Ship, out var slot))
            return;

        var margin = Distance(command.Input.TargetTick, world.Tick);
        ref var pilot = ref world.Entities.Column(StandardComponents.PilotInput).Mutate(slot);
        if (margin > PilotInput.MaxAheadTicks || !PilotInput.TryEnqueue(ref pilot, command.Input))
        {
            world.Emit(new RoomEvent
            {
                Kind = RoomEventKind.InputRejected,
                To = command.Player,
                Connection = command.Connection,
                Entity = record.Ship,
                Amount = margin,
            });
            return;
        }

        var column = world.Entities.Column(StandardComponents.PilotStatus);
        PilotStatus status = column[slot];
        status.Margin = margin;
        column.Set(slot, status);
    }

    /// <summary>target − now, clamped to an int.</summary>
    private static int Distance(ulong target, ulong now) =>
        target >= now ? (int)Math.Min(target - now, int.MaxValue) : -(int)Math.Min(now - target, int.MaxValue);
}
