// Possession on its way from the tick to the sessions.
using Aetheris.Grains.Metrics;
using Aetheris.Protocol.Identity;
using Aetheris.World;

namespace Aetheris.Grains.Rooms;

/// <summary>
/// Compares the owner table with what was reported: a ship that came, died, was cleared or went with its player is news (T-54). The
/// newest per player waits until it is drained. Bounded; noting is the tick's alone, draining is anybody's.
/// </summary>
public sealed class ShipReports
{
    /// <summary>Most players that wait; more are dropped and counted.</summary>
    public const int MaxWaiting = 4096;

    private readonly object _lock = new();
    private readonly Dictionary<PlayerId, ShipReport> _waiting = [];
    private readonly Dictionary<PlayerId, Known> _known = [];
    private readonly List<PlayerId> _gone = [];
    private readonly GrainMetrics _metrics;
    private uint _round;

    /// <summary>Creates an empty collection.</summary>
    public ShipReports(GrainMetrics metrics) => _metrics = metrics;

    /// <summary>Notes what is new in the owner table after a tick. A steady tick allocates nothing.</summary>
    /// <param name="players">The table.</param>
    /// <param name="isOurs">Which players have a session.</param>
    public void Note(PlayerTable players, Func<PlayerId, bool> isOurs)
    {
        _round++;
        var ours = 0;
        for (var i = 0; i < players.Count; i++)
        {
            ref readonly var record = ref players[i];
            if (!isOurs(record.Player))
                continue;
            ours++;
            var report = new ShipReport(record.Player, record.Ship, record.TakesPlace);
            // A connection is news even with the same ship: the session may have forgotten it meanwhile.
            var isNew = !_known.TryGetValue(record.Player, out var known) || known.Report != report || known.Connection != record.Connection;
            _known[record.Player] = new Known(report, record.Connection, _round);
            if (isNew)
                Add(report);
        }

        if (_known.Count > ours)
            NoteGone();
    }

    /// <summary>Takes everything that waits.</summary>
    public ShipReport[] Drain()
    {
        lock (_lock)
        {
            if (_waiting.Count == 0)
                return [];
            var reports = new ShipReport[_waiting.Count];
            _waiting.Values.CopyTo(reports, 0);
            _waiting.Clear();
            return reports;
        }
    }

    /// <summary>What sessions know and what they are about to hear. Only while nothing notes. Allocates.</summary>
    public List<KnownShip> Capture()
    {
        lock (_lock)
        {
            var ships = new List<KnownShip>(_known.Count);
            foreach (var (player, known) in _known)
                ships.Add(new KnownShip(known.Report, known.Connection, _waiting.ContainsKey(player)));
            foreach (var (player, report) in _waiting)
            {
                if (!_known.ContainsKey(player))
                    ships.Add(new KnownShip(report, ConnectionEpoch.None, Waits: true));
            }

            return ships;
        }
    }

    /// <summary>Begins with what another silo's room had told.</summary>
    public void Restore(IReadOnlyList<KnownShip> ships)
    {
        foreach (var ship in ships)
        {
            // A player without place and ship who waits is on the way out: reported, but not known.
            if (ship.Report.HasPlace || ship.Report.Ship != NetworkId.None || !ship.Waits)
                _known[ship.Report.Player] = new Known(ship.Report, ship.Connection, _round);
            if (ship.Waits)
                Add(ship.Report);
        }
    }

    // Whoever is no longer in the table has no ship and no place.
    private void NoteGone()
    {
        _gone.Clear();
        foreach (var (player, known) in _known)
        {
            if (known.Round != _round)
                _gone.Add(player);
        }

        foreach (var player in _gone)
        {
            _known.Remove(player, out var known);
            if (known.Report.HasPlace || known.Report.Ship != NetworkId.None)
                Add(new ShipReport(player, NetworkId.None, HasPlace: false));
        }
    }

    private void Add(in ShipReport report)
    {
        lock (_lock)
        {
            if (_waiting.Count < MaxWaiting || _waiting.ContainsKey(report.Player))
            {
                _waiting[report.Player] = report;
                return;
            }
        }

        _metrics.ReportsDropped.Add(1);
    }

    private readonly record struct Known(ShipReport Report, ConnectionEpoch Connection, uint Round);
}
