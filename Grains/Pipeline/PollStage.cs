// Stage 1: take the commands that arrived since the last tick.
namespace Aetheris.Grains.Pipeline;

/// <summary>Drains the mailbox once per tick (T-14); what arrives from now on belongs to the next tick.</summary>
public sealed class PollStage
{
    /// <summary>Fills <see cref="TickContext.Commands"/>.</summary>
    public void Run(TickContext context)
    {
        context.Commands.Clear();
        context.Commands = context.Mailbox.Drain(context.Commands);
    }
}
