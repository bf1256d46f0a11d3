// State in codec 2, against a room and a gateway in memory.
using Aetheris.Client.Impairment;
using Aetheris.Client.Input;
using Aetheris.Client.Tests.Fakes;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Components;
using Aetheris.Protocol.Identity;
using Aetheris.World;

namespace Aetheris.Client.Tests;

public class Codec2FlightTests
{
    [Theory]
    [InlineData(0, 0, 0, 1)]
    [InlineData(0.05, 40, 10, 2)]
    [InlineData(0.30, 80, 30, 3)]
    [InlineData(0.30, 80, 30, 4)]
    public void Views_hold_the_rooms_values_within_the_documented_bounds(double loss, double latency, double jitter, ulong seed)
    {
        var run = new FakeWorldRun { Network = new ImpairmentOptions(loss, latency, jitter, seed) };
        for (var i = 0; i < 6; i++)
            run.Add();
        var history = new RoomHistory(run.Gateway.World);
        run.Gateway.Ticked = history.Record;
        run.Run(2);
        for (var second = 0; second < 8; second++)
        {
            foreach (var (client, i) in run.Clients.Select((client, i) => (client, i)))
                client.Intent = new PilotIntent(MathF.Cos(i + second), MathF.Sin(i + second), Fire: second % 2 == 0);
            run.Run(1);
        }

        foreach (var client in run.Clients)
        {
            Assert.True(client.View.Count > 6);
            Assert.Equal(0, client.View.Refused);
            Assert.True(history.Compare(client.View) > 60);
        }
    }

    [Fact]
    public void Steady_flight_is_deltas_only()
    {
        var run = new FakeWorldRun { Network = new ImpairmentOptions(0.3, 80, 30, 5) };
        var client = run.Add();
        run.Run(3);
        var replicator = run.Gateway.Replicators.Single()!;
        var absolute = replicator.Absolute;
        run.Run(10);
        Assert.Equal(absolute, replicator.Absolute);
        Assert.InRange(client.Quality.StateLoss, 0.2, 0.4);
        Assert.True(replicator.Deltas > 600);
        Assert.Equal(0, client.Quality.Malformed);
    }

    [Fact]
    public void Datagram_with_another_check_has_no_effect_and_is_not_acknowledged()
    {
        var run = new FakeWorldRun();
        var client = run.Add();
        run.Run(1);
        var tick = client.View.NewestTick;
        var undecoded = client.Quality.Undecoded;
        run.Transports[0].Alter = message => message[0] == 2 && (message[7] ^= 1) >= 0;
        run.Run(0.5);
        Assert.True(client.Quality.Undecoded > undecoded + 20);
        Assert.Equal(tick, client.View.NewestTick);
        run.Transports[0].Alter = null;
        run.Run(0.2);
        Assert.True(client.View.NewestTick > tick + 30);
    }

    [Fact]
    public void New_stream_starts_the_view_over_without_a_gap()
    {
        var run = new FakeWorldRun();
        run.Add();
        var watcher = run.Add(spectate: true);
        run.Run(1);
        var count = watcher.View.Count;
        run.Gateway.Replicators.Last()!.Restart();
        run.Run(0.1);
        Assert.Equal(count, watcher.View.Count);
        var undecoded = watcher.Quality.Undecoded;
        run.Run(1);
        Assert.Equal(undecoded, watcher.Quality.Undecoded);
    }

    [Fact]
    public void Cell_out_of_interest_takes_its_entities_out_of_the_view_and_brings_them_back()
    {
        var run = new FakeWorldRun();
        run.Add();
        var watcher = run.Add(spectate: true);
        run.Run(1);
        var count = watcher.View.Count;
        var replicator = run.Gateway.Replicators.Last()!;
        for (var cell = 0; cell < run.Gateway.Codec2.Cells; cell++)
            replicator.Hidden.Add((ushort)cell);
        run.Run(0.2);
        Assert.Equal(0, watcher.View.Count);
        replicator.Hidden.Clear();
        run.Run(0.2);
        Assert.Equal(count, watcher.View.Count);
    }

    [Fact]
    public void Own_ship_is_exact()
    {
        var run = new FakeWorldRun { Network = new ImpairmentOptions(0.1, 30, 10, 9) };
        var client = run.Add();
        run.Run(1);
        client.Intent = new PilotIntent(0.7f, -0.3f, Fire: false);
        var history = new RoomHistory(run.Gateway.World);
        run.Gateway.Ticked = history.Record;
        run.Run(3);
        Assert.True(client.View.TryGet<Transform>(client.View.OwnShip, ComponentKinds.Transform, out var place, out var tick));
        Assert.True(place.BitsEqual(history.PlaceAt(client.View.OwnShip, tick)));
        Assert.True(client.Prediction.Compared > 100);
    }

    [Fact]
    public void Ticks_without_the_own_ship_are_counted()
    {
        var run = new FakeWorldRun { Network = new ImpairmentOptions(0, 30, 20, 9) };
        var client = run.Add();
        run.Add(spectate: true);
        run.Run(2);
        Assert.All(run.Clients, each => Assert.Equal(0, each.Quality.OwnRecordsMissing));
        run.Gateway.Replicators.First()!.HidesOwn = true;
        run.Run(1);

        // What arrives after a newer tick is not judged.
        Assert.InRange(client.Quality.OwnRecordsMissing, 30, 61);
    }

    [Fact]
    public void Staleness_is_how_long_a_moving_ship_was_not_heard_of()
    {
        var run = new FakeWorldRun();
        run.Add().Intent = new PilotIntent(1, 0, Fire: false);
        var watcher = run.Add(spectate: true);
        run.Run(2);
        Assert.Equal(1, watcher.Quality.Staleness.MaxMicros);
        run.Transports[1].Alter = message => message[0] == 2 && (message[7] ^= 1) >= 0;
        run.Run(0.5);
        run.Transports[1].Alter = null;
        run.Run(0.2);
        Assert.InRange(watcher.Quality.Staleness.MaxMicros, 29, 32);
    }

    [Fact]
    public void Spectator_acknowledges_every_third_tick()
    {
        var run = new FakeWorldRun();
        run.Add();
        var watcher = run.Add(spectate: true);
        run.Run(1);
        var before = watcher.Traffic.PayloadUp;
        run.Run(3);
        Assert.InRange((watcher.Traffic.PayloadUp - before) / 25.0, 55, 75);
        Assert.True(run.Gateway.Replicators.Last()!.Deltas > 150);
    }

    /// <summary>Frame forms of everything in the room, by tick.</summary>
    private sealed class RoomHistory(RoomWorld world)
    {
        private readonly Dictionary<(ulong Tick, ulong Id, ushort Kind), byte[]> _values = [];

        public void Record()
        {
            foreach (var slot in world.Entities.Slots)
            {
                foreach (var component in world.Definition.Components)
                {
                    if ((component.Bit & world.Entities.MaskOf(slot)) == 0 || !component.InFrames)
                        continue;
                    var writer = new ByteWriter();
                    world.Entities.ColumnAt(component.Index).Write(slot, writer);
                    _values[(world.Tick, world.Entities.IdOf(slot).Value, component.Kind)] = writer.Written.ToArray();
                }
            }
        }

        public Transform PlaceAt(NetworkId id, ulong tick) => Read<Transform>((tick, id.Value, ComponentKinds.Transform));

        public int Compare(View.ClientView view)
        {
            var compared = 0;
            for (var slot = 0; slot < view.SlotCount; slot++)
            {
                var id = view.IdOf(slot).Value;
                foreach (var column in view.Columns)
                {
                    if (id == 0 || !column.Has(slot))
                        continue;
                    var key = (column.TickOf(slot), id, column.Kind);
                    Assert.True(_values.ContainsKey(key), $"{key} is not in the room's history");
                    var writer = new ByteWriter();
                    column.WriteFrameForm(slot, writer);
                    CompareValue(key, writer.Written.ToArray(), id == view.OwnShip.Value);
                    compared++;
                }
            }

            return compared;
        }

        private void CompareValue((ulong Tick, ulong Id, ushort Kind) key, byte[] mine, bool isOwn)
        {
            if (isOwn || key.Kind is not (ComponentKinds.Transform or ComponentKinds.Velocity))
            {
                Assert.True(mine.AsSpan().SequenceEqual(_values[key]), $"{key}: {Convert.ToHexString(mine)} is not {Convert.ToHexString(_values[key])}");
                return;
            }

            var reader = new ByteReader(mine);
            if (key.Kind == ComponentKinds.Velocity)
            {
                var (v, velocity) = (Read<Velocity>(key), default(Velocity));
                Assert.True(velocity.TryRead(ref reader));
                Assert.InRange(velocity.X - v.X, -1.0001 / 32, 1.0001 / 32);
                Assert.InRange(velocity.Y - v.Y, -1.0001 / 32, 1.0001 / 32);
                return;
            }

            var (p, place) = (Read<Transform>(key), default(Transform));
            Assert.True(place.TryRead(ref reader));
            Assert.InRange(Math.IEEERemainder(place.X - p.X, 500), -1.02 / 512, 1.02 / 512);
            Assert.InRange(Math.IEEERemainder(place.Y - p.Y, 500), -1.02 / 512, 1.02 / 512);
            Assert.InRange(Math.IEEERemainder(place.Rotation - p.Rotation, 2 * Math.PI), -1.001 * Math.PI / 1024, 1.001 * Math.PI / 1024);
            Assert.Equal(p.EntityType, place.EntityType);
        }

        private T Read<T>((ulong Tick, ulong Id, ushort Kind) key)
            where T : struct, IComponent<T>
        {
            var value = default(T);
            var reader = new ByteReader(_values[key]);
            Assert.True(value.TryRead(ref reader));
            return value;
        }
    }
}
