// What a client gets while bytes are short.
using Aetheris.Gateway.Replication.Codec2;
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Link;
using Aetheris.World;

namespace Aetheris.Gateway.Tests.Codec2;

public class Codec2BudgetTests
{
    private const int PathTicks = 4;

    private static readonly Codec2Settings FourKilobytes = new(BytesPerSecond: 4_000, MinBytesPerSecond: 4_000, JoinBytesPerSecond: 32_000);

    [Fact]
    public void Four_kilobytes_per_second_are_kept_in_a_room_of_300_entities_with_the_own_ship_in_every_tick()
    {
        var scene = Spread(pilots: 300, moving: 0.33);
        var client = Joined(scene, FourKilobytes);
        var (bytes, own) = (client.Bytes, client.View.OwnStates);
        var meter = new StalenessMeter(scene, client);
        scene.Run(600, () =>
        {
            meter.Take();
            Assert.Equal(1, client.DatagramsInTick);
        });
        Assert.InRange((client.Bytes - bytes) / 10.0, 2_000, 4_000);
        Assert.Equal(600, client.View.OwnStates - own);
        Assert.InRange(meter.Worst, 1UL, (ulong)Codec2Replicator.StalenessTicks + PathTicks);
        Assert.True(meter.Mean(0) < meter.Mean(1) && meter.Mean(0) < meter.Mean(2), $"{meter.Mean(0)} {meter.Mean(1)} {meter.Mean(2)}");
    }

    [Fact]
    public void The_bound_on_staleness_holds_when_everything_moves_and_nearby_stays_fresher_than_distant()
    {
        var scene = Spread(pilots: 300, moving: 1);
        var client = Joined(scene, FourKilobytes);
        var meter = new StalenessMeter(scene, client);
        scene.Run(600, meter.Take);
        Assert.InRange(meter.Worst, 1UL, (ulong)Codec2Replicator.StalenessTicks + PathTicks);
        Assert.True(meter.Mean(0) < 0.8 * meter.Mean(1) && meter.Mean(0) < 0.8 * meter.Mean(2), $"{meter.Mean(0)} {meter.Mean(1)} {meter.Mean(2)}");
    }

    [Fact]
    public void Five_hundred_moving_ships_fit_into_32_kilobytes_per_second()
    {
        var scene = Spread(pilots: 500, moving: 1);
        var client = Joined(scene, new Codec2Settings(BytesPerSecond: 32_000));
        var (bytes, own) = (client.Bytes, client.View.OwnStates);
        var meter = new StalenessMeter(scene, client);
        scene.Run(300, meter.Take);
        Assert.InRange((client.Bytes - bytes) / 5.0, 10_000, 32_200);
        Assert.Equal(300, client.View.OwnStates - own);
        Assert.InRange(meter.Worst, 1UL, 16UL);
    }

    [Fact]
    public void Environment_is_shed_before_ships()
    {
        var scene = Spread(pilots: 150, moving: 1);
        for (var i = 0; i < 40; i++)
            scene.Spawn(EntityTypes.Asteroid, ((i % 8) * 60) - 210, ((i / 8) * 90) - 180);
        var client = Joined(scene, FourKilobytes);
        var environment = 4;
        var before = scene.Rules.Metrics.ShedOf(environment);
        for (var i = 0; i < 120; i++)
        {
            // Stations appear and vanish: every tick something changes on channel 4.
            scene.Spawn(EntityTypes.Asteroid, (i * 37 % 480) - 240, 11);
            scene.Tick();
        }

        Assert.True(scene.Rules.Metrics.ShedOf(environment) - before > 240);
        Assert.Equal(0, client.View.Discarded);
    }

    [Fact]
    public void A_join_into_2000_entities_is_complete_within_a_second_and_disturbs_nobody()
    {
        var scene = Spread(pilots: 40, moving: 1);
        for (var i = 0; i < 2000; i++)
            scene.Spawn(i % 4 == 0 ? EntityTypes.Hauler : EntityTypes.Asteroid, ((i % 50) * 9.7f) - 240, ((i / 50) * 11.9f) - 240);
        var other = Joined(scene, new Codec2Settings());
        var client = scene.Watch(2);
        client.Down.Delay = client.Up.Delay = 2;
        var (ticks, total, most) = (0, 0L, 0);
        var otherTick = other.View.Tick;
        for (; client.Replicator.IsJoining; ticks++)
        {
            scene.Tick();
            total += client.BytesInTick;
            most = Math.Max(most, client.BytesInTick);
            Assert.Equal(++otherTick, other.View.Tick);
            Assert.True(ticks < 60, $"{client.View.Entities.Count} of {scene.Room.World.Entities.Count} after a second, {total} bytes");
        }

        scene.Run(3);
        Assert.Equal(scene.Room.World.Entities.Count, client.View.Entities.Count);
        Assert.InRange(client.View.Largest, 1, LinkLimits.MaxDatagram);
        Assert.InRange(total, 1, 128_000L * ticks / 60 + 3 * LinkLimits.MaxDatagram);
        Assert.InRange(most, 1, StateWriter.MaxDatagrams * LinkLimits.MaxDatagram);
    }

    [Fact]
    public void Loss_and_delay_push_the_rate_down_and_a_good_path_brings_it_back()
    {
        var scene = Spread(pilots: 60, moving: 1);
        var client = Joined(scene, new Codec2Settings());
        Assert.Equal(64_000, client.Replicator.BytesPerSecond);
        client.Down.Loss = 0.3;
        scene.Run(1200);
        Assert.Equal(8_000, client.Replicator.BytesPerSecond);
        client.Down.Loss = 0;
        scene.Run(1800);
        Assert.Equal(64_000, client.Replicator.BytesPerSecond);
        client.Down.Delay = 20;
        scene.Run(60);
        Assert.True(client.Replicator.BytesPerSecond < 64_000);
        Assert.DoesNotContain(client.View.Entities.Values, entity => entity.Cell < 0);
    }

    /// <summary>A room whose ships have flown apart.</summary>
    private static Codec2Scene Spread(int pilots, double moving)
    {
        var scene = new Codec2Scene(seed: 7);
        scene.Join(pilots);
        scene.Run(900);
        scene.Moving = moving;
        scene.Run(200);
        return scene;
    }

    private static Codec2Client Joined(Codec2Scene scene, Codec2Settings settings)
    {
        var client = scene.Watch(1, settings);
        client.Down.Delay = client.Up.Delay = 2;
        scene.Run(300);
        Assert.False(client.Replicator.IsJoining);
        return client;
    }
}
