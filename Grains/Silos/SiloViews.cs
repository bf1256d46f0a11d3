// What this silo knows about all silos: how many rooms they have and whether they drain.
using Aetheris.Grains.Interfaces.Silos;

namespace Aetheris.Grains.Silos;

/// <summary>The newest report of every silo, by address. Thread-safe.</summary>
public sealed class SiloViews
{
    private readonly Lock _lock = new();
    private readonly Dictionary<SiloAddress, View> _views = [];

    /// <summary>Takes a report. Rooms that were placed since the one before are in it.</summary>
    public void Take(SiloAddress silo, SiloReport report)
    {
        lock (_lock)
            _views[silo] = new View(report.Rooms, Placed: 0, report.IsDraining);
    }

    /// <summary>Forgets silos that are no members any more.</summary>
    public void Keep(IReadOnlySet<SiloAddress> members)
    {
        lock (_lock)
        {
            foreach (var gone in _views.Keys.Where(silo => !members.Contains(silo)).ToList())
                _views.Remove(gone);
        }
    }

    /// <summary>Whether a silo is known to drain.</summary>
    public bool IsDraining(SiloAddress silo)
    {
        lock (_lock)
            return _views.TryGetValue(silo, out var view) && view.IsDraining;
    }

    /// <summary>Rooms of a silo; 0 for one that has not reported yet.</summary>
    public int RoomsOf(SiloAddress silo)
    {
        lock (_lock)
            return _views.TryGetValue(silo, out var view) ? view.Rooms + view.Placed : 0;
    }

    /// <summary>The silo with the fewest rooms that does not drain, and notes the room there.</summary>
    /// <param name="silos">At least one.</param>
    public SiloAddress PlaceRoom(IReadOnlyList<SiloAddress> silos)
    {
        lock (_lock)
        {
            var best = FewestRooms(silos, allowDraining: false) ?? FewestRooms(silos, allowDraining: true)!;
            var view = _views.GetValueOrDefault(best);
            _views[best] = view with { Placed = view.Placed + 1 };
            return best;
        }
    }

    /// <summary>The silo with the fewest rooms that does not drain; null when all do.</summary>
    public SiloAddress? FewestRooms(IReadOnlyList<SiloAddress> silos)
    {
        lock (_lock)
            return FewestRooms(silos, allowDraining: false);
    }

    private SiloAddress? FewestRooms(IReadOnlyList<SiloAddress> silos, bool allowDraining)
    {
        SiloAddress? best = null;
        var fewest = int.MaxValue;
        foreach (var silo in silos)
        {
            var view = _views.GetValueOrDefault(silo);
            if ((view.IsDraining && !allowDraining) || view.Rooms + view.Placed >= fewest)
                continue;
            best = silo;
            fewest = view.Rooms + view.Placed;
        }

        return best;
    }

    private readonly record struct View(int Rooms, int Placed, bool IsDraining);
}
