// Who gets what.
using Aetheris.Gateway.Replication.Codec2;
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Components;
using Aetheris.Protocol.Frames;
using Aetheris.World;
using Aetheris.World.Replica;
using CsCheck;

namespace Aetheris.Gateway.Tests.Codec2;

public class Codec2InterestTests
{
    [Fact]
    public void What_leaves_the_interest_leaves_the_view_and_comes_back_whole_whatever_is_lost()
    {
        Gen.Select(Gen.Int[0, 50], Gen.Int[0, 1000]).Sample(
            (lossPercent, seed) =>
            {
                var scene = new Codec2Scene(seed) { Firing = 0.02 };
                scene.Join(150);
                var client = scene.Watch(1, new Codec2Settings(InterestMetres: 100));
                scene.Run(600);
                foreach (var path in new[] { client.Down, client.Up })
                {
                    path.Loss = lossPercent / 100.0;
                    path.Delay = 2;
                    path.Jitter = 5;
                }

                scene.Run(600);
                scene.Moving = 0;
                foreach (var path in new[] { client.Down, client.Up })
                    path.Loss = path.Jitter = path.Delay = 0;
                // Until the last shot has flown, the dead are back and everything that rests has settled.
                scene.Run(900);
                AssertSeesExactlyNear(scene, client, rings: 1);
            },
            iter: 6,
            threads: 1);
    }

    [Fact]
    public void A_spectator_sees_the_room_without_a_ship_and_acknowledges_every_third_tick()
    {
        var scene = new Codec2Scene(seed: 3);
        scene.Join(30);
        var spectator = scene.Watch(999, ackPeriod: 3);
        scene.Run(200);
        Assert.Empty(scene.Differences(spectator.View));
        Assert.False(spectator.View.Own.HasStatus);
        Assert.Equal(0, spectator.View.OwnStates);
    }

    [Fact]
    public void A_filter_hides_entities_from_everybody_it_does_not_let_see_them()
    {
        var standard = Codec2Rules.Standard();
        var scene = new Codec2Scene(seed: 4, standard with { Filters = [new RoomInterestFilter(), new OwnTypesOnly(EntityTypes.Asteroid, viewer: 2)] });
        scene.Join(5);
        for (var i = 0; i < 5; i++)
            scene.Spawn(EntityTypes.Asteroid, 10 * i, 20);
        var blind = scene.Watch(1);
        var seeing = scene.Watch(2);
        scene.Run(60);
        Assert.Empty(scene.Differences(seeing.View));
        Assert.DoesNotContain(blind.View.Entities.Values, entity => entity.Type == EntityTypes.Asteroid);
        Assert.Equal(scene.Room.World.Entities.Count - 6, blind.View.Entities.Count);
    }

    [Fact]
    public void An_entity_whose_owner_alone_may_see_it_appears_and_vanishes_with_its_ownership()
    {
        var standard = Codec2Rules.Standard();
        var scene = new Codec2Scene(seed: 4, standard with { Filters = [new OwnershipInterestFilter(EntityTypes.Interceptor)] });
        scene.Join(3);
        var first = scene.Watch(1);
        var second = scene.Watch(2);
        scene.Run(30);
        Assert.True(scene.Broadcast.Replica.TryGetShip(first.Player, out var own));
        Assert.True(scene.Broadcast.Replica.TryGetShip(second.Player, out var other));
        Assert.Contains(first.View.Entities.Keys, key => key.Slot == own);
        Assert.DoesNotContain(first.View.Entities.Keys, key => key.Slot == other);
        Assert.Contains(second.View.Entities.Keys, key => key.Slot == other);
    }

    [Fact]
    public void A_new_room_epoch_voids_all_bases()
    {
        var scene = new Codec2Scene(seed: 5);
        scene.Join(20);
        var client = scene.Watch(1);
        client.Down.Delay = client.Up.Delay = 3;
        scene.Run(60);
        scene.Room.Epoch++;
        Assert.True(RoomFrame.TryRead(scene.Room.Image(), out var image));
        scene.Deliver(in image);
        scene.Run(60);
        scene.Moving = 0;
        client.Down.Delay = client.Up.Delay = 0;
        scene.Run(20);
        Assert.Empty(scene.Differences(client.View));
        Assert.Equal(0, client.View.Discarded);
    }

    [Fact]
    public void The_own_ship_is_exact_and_is_said_until_it_is_heard()
    {
        var scene = new Codec2Scene(seed: 6);
        scene.Join(3);
        var client = scene.Watch(1);
        scene.Run(40);
        AssertOwnIsExact(scene, client);
        scene.Moving = 0;
        client.Down.Loss = client.Up.Loss = 0.7;
        scene.Run(800);
        client.Down.Loss = client.Up.Loss = 0;
        scene.Run(1);
        AssertOwnIsExact(scene, client);
        // It coasts until its velocity underflows to nothing; then there is nothing more to say.
        scene.Run(3000);
        AssertOwnIsExact(scene, client);
        var states = client.View.OwnStates;
        var blocks = BlockBytes(scene);
        scene.Run(100);
        Assert.Equal(states, client.View.OwnStates);
        Assert.InRange(BlockBytes(scene) - blocks, 1, 100);
    }

    [Fact]
    public void Combat_nearby_travels_on_its_own_channel_for_two_seconds()
    {
        var scene = new Codec2Scene(seed: 8) { Firing = 1, Moving = 1 };
        scene.Join(4);
        scene.Watch(1);
        scene.Run(60);
        var combat = 1;
        Assert.True(scene.Rules.Metrics.BytesOf(combat) > 0);
        scene.Moving = 0;
        scene.Run(600);
        var before = scene.Rules.Metrics.BytesOf(combat);
        scene.Moving = 1;
        scene.Firing = 0;
        scene.Run(60);
        Assert.Equal(before, scene.Rules.Metrics.BytesOf(combat));
    }

    [Fact]
    public void A_ship_on_the_border_of_two_squares_does_not_change_cells_with_every_step()
    {
        var grid = new InterestGrid(new RoomBounds { MinX = -250, MinY = -250, MaxX = 250, MaxY = 250 }, isSingle: false);
        var square = grid.SquareAt(-126, 0);
        Assert.NotEqual(square, grid.SquareAt(-124, 0));
        Assert.True(grid.IsNear(square, -118, 0));
        Assert.False(grid.IsNear(square, -116, 0));
        Assert.Equal(1, grid.RingsBetween(grid.SquareAt(-249, 0), grid.SquareAt(249, 0)));
        Assert.True(grid.IsNear(grid.SquareAt(-249, 0), 249, 0));
    }

    [Fact]
    public void A_crowded_square_holds_several_cells_and_no_block_is_larger_than_a_datagram()
    {
        var scene = new Codec2Scene(seed: 9);
        scene.Do(new Command { Kind = CommandKind.StressTest, Privileged = true, Count = 900, Rotate = true });
        scene.Join(1);
        var client = scene.Watch(1);
        scene.Run(90);
        Assert.Empty(scene.Differences(client.View));
        Assert.True(client.View.Cells >= 900 / 64);
    }

    private static long BlockBytes(Codec2Scene scene)
    {
        var sum = 0L;
        for (var channel = 1; channel < scene.Rules.Channels.Channels.Count; channel++)
            sum += scene.Rules.Metrics.BytesOf(channel);
        return sum;
    }

    private static void AssertOwnIsExact(Codec2Scene scene, Codec2Client client)
    {
        Assert.True(scene.Broadcast.Replica.TryGetShip(client.Player, out var slot));
        var place = scene.Room.World.Entities.Column(StandardComponents.Transform)[slot];
        var velocity = scene.Room.World.Entities.Column(StandardComponents.Velocity)[slot];
        Assert.Equal((place.X, place.Y, velocity.X, velocity.Y, place.Rotation), client.View.OwnState);
    }

    private static void AssertSeesExactlyNear(Codec2Scene scene, Codec2Client client, int rings)
    {
        Assert.True(scene.Broadcast.Replica.TryGetShip(client.Player, out var ship));
        var cells = scene.Broadcast.Codec2.Cells;
        var mine = cells.Of(ship)!.Key.Square;
        var far = new HashSet<string>();
        foreach (var slot in scene.Room.World.Entities.Slots)
        {
            var square = cells.Of(slot)!.Key.Square;
            if (square >= 0 && cells.Grid.RingsBetween(mine, square) > rings)
                far.Add($"{scene.Room.World.Entities.IdOf(slot)} missing");
        }

        Assert.NotEmpty(far);
        Assert.Equal(far.Order(StringComparer.Ordinal), scene.Differences(client.View).Order(StringComparer.Ordinal));
    }

    private sealed class OwnTypesOnly(ushort type, ulong viewer) : IInterestFilter
    {
        public ulong Watches => StandardComponents.Transform.Bit;

        public ulong KeyOf(RoomReplica replica, int slot) =>
            replica.Entities.Column(StandardComponents.Transform)[slot].EntityType == type ? 1u : 0u;

        public bool CanSee(in Viewer who, ulong key) => key == 0 || who.Player.Low == viewer;
    }
}
