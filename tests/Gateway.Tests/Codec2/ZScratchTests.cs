// scratch
using System.Diagnostics;
using Aetheris.Gateway.Replication.Codec2;
using Aetheris.World;

namespace Aetheris.Gateway.Tests.Codec2;

public class ZScratchTests
{
    [Fact]
    public void Figures()
    {
        foreach (var delay in new[] { 0, 2, 4 })
        {
            var scene = new Codec2Scene(seed: 1);
            scene.Join(100);
            scene.Run(60);
            for (var i = 1; i <= 10; i++)
            {
                var c = scene.Watch(i);
                c.Down.Delay = c.Up.Delay = delay;
            }
            scene.Run(120);
            var before = scene.Clients[0].Bytes;
            var self = scene.Rules.Metrics.BytesOf(0);
            var e0 = scene.Rules.Metrics.BlocksEncoded; var u0 = scene.Rules.Metrics.BlocksUsed;
            var sw = Stopwatch.StartNew();
            scene.Run(300);
            Console.WriteLine($"100 moving, delay {delay}+{delay}: {(scene.Clients[0].Bytes - before) / 5.0 / 1000:F2} KB/s; self {(scene.Rules.Metrics.BytesOf(0) - self) / 5.0 / 1000 / 10:F2}; encoded {scene.Rules.Metrics.BlocksEncoded - e0} used {scene.Rules.Metrics.BlocksUsed - u0}; cells {scene.Clients[0].View.Cells} rtt {scene.Clients[0].Replicator.RoundTripTicks}; {sw.ElapsedMilliseconds} ms");
        }

        {
            var scene = new Codec2Scene(seed: 1) { Moving = 0.1 };
            scene.Join(100);
            scene.Run(60);
            scene.Watch(1);
            scene.Run(300);
            var before = scene.Clients[0].Bytes;
            scene.Run(300);
            Console.WriteLine($"10 % moving: {(scene.Clients[0].Bytes - before) / 5.0 / 1000:F2} KB/s");
        }

        foreach (var (n, rate) in new[] { (300, 4000), (300, 8000), (300, 16000), (500, 32000) })
        {
            var settings = new Codec2Settings(rate, Math.Min(rate, 8000), Math.Max(rate, 32_000));
            var scene = new Codec2Scene(seed: 1);
            scene.Join(n);
            scene.Run(900);
            var c = scene.Watch(1, settings);
            c.Down.Delay = c.Up.Delay = 2;
            var joined = 0;
            for (; c.Replicator.IsJoining && joined < 2000; joined++)
                scene.Run(1);
            var joinBytes = c.Bytes;
            scene.Run(300);
            var before = c.Bytes;
            var worst = 0L; var sums = new double[3]; var counts = new long[3];
            var sent = new long[6]; for (var k = 0; k < 6; k++) sent[k] = scene.Rules.Metrics.BytesOf(k);
            scene.Run(600, () =>
            {
                scene.Broadcast.Replica.TryGetShip(c.Player, out var ship);
                var grid = scene.Broadcast.Codec2.Cells.Grid;
                var mine = scene.Broadcast.Codec2.Cells.Of(ship)!.Key.Square;
                foreach (var e in c.View.Entities)
                {
                    var slot = e.Key.Slot;
                    if (!scene.Room.World.Entities.IsAlive(slot) || scene.Broadcast.Codec2.Cells.Of(slot) is not { } cell || cell.Key.Square < 0) continue;
                    if (scene.SameMotion(slot, e.Value.Motion)) continue;
                    var age = (long)(scene.Room.World.Tick - e.Value.Tick);
                    worst = Math.Max(worst, age);
                    var r = Math.Min(2, grid.RingsBetween(mine, cell.Key.Square));
                    sums[r] += age; counts[r]++;
                }
            });
            Console.WriteLine($"{n} at {rate}: join {joined} ticks {joinBytes} B; {(c.Bytes - before) / 10.0:F0} B/s; worst age {worst}; mean by ring {sums[0] / Math.Max(1, counts[0]):F1} {sums[1] / Math.Max(1, counts[1]):F1} {sums[2] / Math.Max(1, counts[2]):F1}; cells {c.View.Cells}; rate {c.Replicator.BytesPerSecond}; by channel {string.Join(' ', Enumerable.Range(0, 6).Select(k => (scene.Rules.Metrics.BytesOf(k) - sent[k]) / 10))} discarded {c.View.Discarded}");
        }
    }
}
