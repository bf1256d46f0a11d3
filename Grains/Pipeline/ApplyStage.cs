// Stage 2: log the commands and apply them, in one order.
using Aetheris.Protocol.Commands;

namespace Aetheris.Grains.Pipeline;

/// <summary>Applies commands to World in the order of arrival and writes exactly those that World took into the log of the tick (T-58, DESIGN §1.1).</summary>
public sealed class ApplyStage
{
    /// <summary>Empties the commands into World and fills <see cref="TickContext.CommandsSection"/>.</summary>
    public void Run(TickContext context)
    {
        var section = context.CommandsSection;
        section.Clear();
        section.WriteUInt16(0);
        ushort logged = 0;
        long steered = 0, refused = 0, faults = context.World.CommandFaults;
        foreach (var command in context.Commands)
        {
            if (command.Kind == CommandKind.Input)
            {
                if (Steers(context, command))
                    steered++;
                else
                    refused++;
            }

            if (!context.World.Apply(command))
                continue;
            CommandCodec.WriteWithOrigin(section, command);
            logged++;
        }

        section.PatchUInt16(0, logged);
        if (context.Commands.Count == 0)
            return;
        context.Metrics.CommandsApplied.Add(logged);
        if (context.World.CommandFaults > faults)
            context.Metrics.CommandFaults.Add(context.World.CommandFaults - faults);
        context.Metrics.UpdatesApplied.Add(steered);
        context.Metrics.UnauthorizedUpdates.Add(refused);
    }

    private static bool Steers(TickContext context, in Command command) =>
        context.World.Players.TryGet(command.Player, out var pilot) && pilot.Connected && pilot.Connection == command.Connection;
}
