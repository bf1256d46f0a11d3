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
        Save(context);
        context.Metrics.ExtractionCount.Add(CountValues(context.Changes));
        var ore = _ore.Count(context.World.Entities, context.Changes, out var depletions);
        if (ore > 0)
            context.Metrics.OreTransferred.Add(ore);
        if (depletions > 0)
            context.Metrics.AsteroidDepletions.Add(depletions);
    }

    // What is saved or kept is hashed anyway; the frame that carries the hash lets a recovery prove itself.
    private static void Save(TickContext context)
    {
        var world = context.World;
        context.SavedWorld.Clear();
        context.StateHash = null;
        if (world.Tick % TickContext.SnapshotPeriod == 0)
            context.StateHash = world.SaveAndHash(context.SavedWorld);
        else if (context.History.IsKept || world.Tick % TickContext.HashPeriod == 0)
            context.StateHash = world.StateHash();
        if (context.StateHash is { } hash)
            context.History.Keep(world, hash);
    }

    private static long CountValues(ChangeSet changes)
    {
        var values = 0L;
        for (var i = 0; i < changes.Entities.Count; i++)
            values += BitOperations.PopCount(changes.Entities[i].Mask);
        return values;
    }
}
