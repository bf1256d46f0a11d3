// A codec-2 client ends with the room's state, whatever the network does.
using Aetheris.Gateway.Replication.Codec2;
using Aetheris.World;
using CsCheck;

namespace Aetheris.Gateway.Tests.Codec2;

public class Codec2RoundTripTests
{
    [Fact]
    public void A_client_on_a_perfect_path_has_the_room_s_state_in_every_tick()
    {
        var scene = new Codec2Scene(seed: 1);
        scene.Join(20);
        var client = scene.Watch(pilot: 1);
        scene.Run(3);
        scene.Run(120, () => Assert.Empty(scene.Differences(client.View)));
        Assert.True(scene.Room.World.Entities.Count > 20);
        Assert.Equal(0, client.View.Discarded);
    }

    [Fact]
    public void A_client_under_loss_reordering_and_duplication_has_the_room_s_state_soon_after()
    {
        Gen.Select(Gen.Int[0, 60], Gen.Int[0, 1000]).Sample(
            (lossPercent, seed) =>
            {
                var scene = new Codec2Scene(seed) { Firing = 0.05 };
                scene.Join(12);
                scene.Spawn(EntityTypes.Asteroid, 40, 40);
                var client = scene.Watch(pilot: 1);
                foreach (var path in new[] { client.Down, client.Up })
                {
                    path.Loss = lossPercent / 100.0;
                    path.Duplicates = 0.1;
                    path.Delay = 3;
                    path.Jitter = 6;
                }

                scene.Run(150);
                scene.Leave(5);
                scene.Run(150);
                scene.Moving = 0;
                scene.Run(200);
                foreach (var path in new[] { client.Down, client.Up })
                    path.Loss = path.Delay = path.Jitter = 0;
                scene.Run(60);
                Assert.Empty(scene.Differences(client.View));
                Assert.Equal(0, client.View.Discarded);
            },
            iter: 20,
            threads: 1);
    }
}
