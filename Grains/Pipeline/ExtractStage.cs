// Stage 4: what changed, as the frame's changes and events.
using System.Numerics;
using Aetheris.World;

namespace Aetheris.Grains.Pipeline;

/// <summary>Moves the changes of the tick out of World, keeps the state for the state route and, when due, saves it (T-66, T-69).</summary>
public sealed class ExtractStage
{
    private readonly OreMeter _ore = new();

    /// <summary>Fills <see cref="TickContext.Changes"/> and its two sections.</summary>
    public void Run(TickContext context)
    {
        context.World.Extract(context.Changes);
        context.ChangesSection.Clear();
        context.Changes.WriteTo(context.ChangesSection);
        context.EventsSection.Clear();
        context.Changes.WriteEventsTo(context.EventsSection);
        context.History.Keep(context.World);
        Save(context);
        context.Metrics.ExtractionCount.Add(CountValues(context.Changes));
        var ore = _ore.Count(context.World.Entities, context.Changes, out var depletions);
        if (ore > 0)
            context.Metrics.OreTransferred.Add(ore);
        if (depletions > 0)
            context.Metrics.AsteroidDepletions.Add(depletions);
    }

    // What is saved is hashed anyway, and the frame that carries the hash lets a recovery prove itself.
    private static void Save(TickContext context)
    {
        context.SavedWorld.Clear();
        context.StateHash = null;
        if (context.World.Tick % TickContext.SnapshotPeriod == 0)
            context.StateHash = context.World.SaveAndHash(context.SavedWorld);
    }

    private static long CountValues(ChangeSet changes)
    {
        var values = 0L;
        for (var i = 0; i < changes.Entities.Count; i++)
            values += BitOperations.PopCount(changes.Entities[i].Mask);
        return values;
    }
}
