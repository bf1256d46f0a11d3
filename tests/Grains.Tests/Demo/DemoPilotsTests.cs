// The demo is worth watching and repeats itself exactly.
using Aetheris.Grains.Demo;
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
}
