// The demo is worth watching and repeats itself exactly.
using Aetheris.Grains.Demo;
using Aetheris.Grains.Pipeline;
using Aetheris.Grains.Tests.Harness;
using Aetheris.World;

namespace Aetheris.Grains.Tests.Demo;

public sealed class DemoPilotsTests
{
    [Fact]
    public void Every_input_is_valid_smooth_and_the_same_each_time()
    {
        for (var pilot = 0; pilot < 8; pilot++)
        {
            for (var tick = 1UL; tick < 4000; tick++)
            {
                var input = DemoPilots.InputFor(tick, pilot);
                var next = DemoPilots.InputFor(tick + 1, pilot);
                Assert.True(input.IsValid);
                Assert.Equal(input, DemoPilots.InputFor(tick, pilot));
                Assert.InRange(MathF.Sqrt((input.MoveX * input.MoveX) + (input.MoveY * input.MoveY)), 0.2f, 1.001f);
                Assert.InRange(MathF.Abs(next.MoveX - input.MoveX), 0, 0.15f);
                Assert.InRange(MathF.Abs(next.MoveY - input.MoveY), 0, 0.15f);
            }
        }
    }

    [Fact]
    public void Pilots_spread_over_the_room_and_keep_moving()
    {
        var room = Make.Room(TimeProvider.System, pilots: 8);
        var gateway = new FakeGateway(1);
        gateway.Take(room.Subscribe(gateway.Id, gateway).Image);
        for (var i = 0; i < 600; i++)
            room.Tick(default);
        var ships = 0;
        float widest = 0;
        var transforms = gateway.Replica.Entities.Column(StandardComponents.Transform);
        var velocities = gateway.Replica.Entities.Column(StandardComponents.Velocity);
        var owners = gateway.Replica.Entities.Column(StandardComponents.Ownership);
        foreach (var slot in gateway.Replica.Entities.Slots)
        {
            if (!owners.Has(slot))
                continue;
            ships++;
            widest = MathF.Max(widest, MathF.Abs(transforms[slot].X) + MathF.Abs(transforms[slot].Y));
            Assert.True(MathF.Abs(velocities[slot].X) + MathF.Abs(velocities[slot].Y) > 0.5f);
        }

        Assert.Equal(8, ships);
        Assert.True(widest > 20);
    }

    [Fact]
    public void A_new_room_has_asteroids_for_all_and_gets_no_more_of_them_after_a_move()
    {
        var pipeline = Make.Pipeline();
        Fly(pipeline, new DemoPilots(8));
        var before = AsteroidsOf(pipeline);
        Fly(pipeline, new DemoPilots(8, pipeline.Context.World.Players));

        Assert.InRange(before, 10, 40);
        Assert.Equal(before, AsteroidsOf(pipeline));
    }

    private static void Fly(TickPipeline pipeline, DemoPilots pilots)
    {
        for (var i = 0; i < 60; i++)
        {
            pilots.Fly(pipeline.Context.World.Tick + 1, pipeline.Context.Mailbox);
            pipeline.Tick();
        }
    }

    private static int AsteroidsOf(TickPipeline pipeline)
    {
        var count = 0;
        var entities = pipeline.Context.World.Entities;
        foreach (var slot in entities.Slots)
        {
            if (entities.Column(StandardComponents.Asteroid).Has(slot))
                count++;
        }

        return count;
    }
}
