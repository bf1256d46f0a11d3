// Stage 4: what changed, as the frame's changes and events.
namespace Aetheris.Grains.Pipeline;

/// <summary>Moves the changes of the tick out of World and keeps the state for the state route (T-66, T-69).</summary>
public sealed class ExtractStage
{
    /// <summary>Fills <see cref="TickContext.Changes"/> and its two sections.</summary>
    public void Run(TickContext context)
    {
        context.World.Extract(context.Changes);
        context.ChangesSection.Clear();
        context.Changes.WriteTo(context.ChangesSection);
        context.EventsSection.Clear();
        context.Changes.WriteEventsTo(context.EventsSection);
        context.History.Keep(context.World);
        if (context.Changes.Entities.Count > 0)
            context.Metrics.ExtractionCount.Add(context.Changes.Entities.Count);
    }
}
