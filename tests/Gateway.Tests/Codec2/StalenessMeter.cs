// How old what a client shows is, measured against the room's own history.
using Aetheris.Protocol.Codec2;

namespace Aetheris.Gateway.Tests.Codec2;

/// <summary>An entity's staleness is the time since the room first differed from what the client has of it; 0 while it does not.</summary>
internal sealed class StalenessMeter(Codec2Scene scene, Codec2Client client)
{
    private readonly Dictionary<(ushort, byte), (ulong RecordTick, ulong Since)> _since = [];
    private readonly double[] _sums = new double[3];
    private readonly long[] _counts = new long[3];

    public ulong Worst { get; private set; }

    /// <summary>Mean staleness of moving entities in the viewer's square (0), around it (1), farther away (2).</summary>
    public double Mean(int ring) => _sums[ring] / Math.Max(1, _counts[ring]);

    public void Take()
    {
        var tick = scene.Room.World.Tick;
        var cells = scene.Broadcast.Codec2.Cells;
        Assert.True(scene.Broadcast.Replica.TryGetShip(client.Player, out var ship));
        var mine = cells.Of(ship)!.Key.Square;
        foreach (var slot in scene.Room.World.Entities.Slots)
        {
            if (cells.Of(slot) is not { } cell || cell.Key.Square < 0)
                continue;
            var key = (slot, scene.Room.World.Entities.GenerationOf(slot));
            Codec2View.EntityView? seen = client.View.Entities.GetValueOrDefault(key);
            var record = seen?.Tick ?? 0;
            var same = seen is not null && scene.SameMotion(slot, seen.Motion);
            if (same)
            {
                _since.Remove(key);
                Count(mine, cell.Key.Square, 0, seen!.Motion);
                continue;
            }

            var (knownRecord, since) = _since.GetValueOrDefault(key, (record, tick));
            // A newer record restarts the time: at its tick it was right.
            if (knownRecord != record)
                since = Math.Max(since, record + 1);
            _since[key] = (record, since);
            Worst = Math.Max(Worst, tick - since + 1);
            Count(mine, cell.Key.Square, tick - since + 1, seen?.Motion ?? default);
        }
    }

    private void Count(int mine, int square, ulong age, QuantizedMotion motion)
    {
        if (motion.AtRest)
            return;
        var ring = Math.Min(2, scene.Broadcast.Codec2.Cells.Grid.RingsBetween(mine, square));
        _sums[ring] += age;
        _counts[ring]++;
    }
}
