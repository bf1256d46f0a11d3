// Possession on its way from the tick to the sessions.
using Aetheris.Grains.Metrics;
using Aetheris.Protocol.Events;
using Aetheris.Protocol.Identity;

namespace Aetheris.Grains.Rooms;

/// <summary>The newest ship per player that is still to be reported. Bounded; thread-safe.</summary>
public sealed class ShipReports
{
    /// <summary>Most players that wait; more are dropped and counted.</summary>
    public const int MaxWaiting = 4096;

    private readonly object _lock = new();
    private readonly Dictionary<PlayerId, NetworkId> _waiting = [];
    private readonly GrainMetrics _metrics;

    /// <summary>Creates an empty collection.</summary>
    public ShipReports(GrainMetrics metrics) => _metrics = metrics;

    /// <summary>Takes what an event says about possession, if it says anything.</summary>
    public void Note(in RoomEvent roomEvent)
    {
        if (roomEvent.Kind is not (RoomEventKind.Joined or RoomEventKind.Possession) || roomEvent.To.IsNone)
            return;
        lock (_lock)
        {
            if (_waiting.Count < MaxWaiting || _waiting.ContainsKey(roomEvent.To))
            {
                _waiting[roomEvent.To] = roomEvent.Entity;
                return;
            }
        }

        _metrics.ReportsDropped.Add(1);
    }

    /// <summary>Takes everything that waits.</summary>
    public ShipReport[] Drain()
    {
        lock (_lock)
        {
            if (_waiting.Count == 0)
                return [];
            var reports = new ShipReport[_waiting.Count];
            var count = 0;
            foreach (var (player, ship) in _waiting)
                reports[count++] = new ShipReport(player, ship);
            _waiting.Clear();
            return reports;
        }
    }
}
