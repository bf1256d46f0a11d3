// Time in a room (WORLD_RULES §1).
using Aetheris.Protocol.Components;

namespace Aetheris.World.Tests;

public class TickTests
{
    [Theory]
    [InlineData(60, 0x3C888889u)]
    [InlineData(30, 0x3D088889u)]
    [InlineData(1, 0x3F800000u)]
    public void Tick_lasts_the_binary32_quotient_of_its_rate(ushort rate, uint bits) =>
        Assert.Equal(bits, BitConverter.SingleToUInt32Bits(Rooms.New(new RoomSettings { TickRate = rate }).DeltaTime));

    [Fact]
    public void Rate_of_zero_is_refused() => Assert.Throws<ArgumentException>(() => Rooms.New(new RoomSettings { TickRate = 0 }));

    [Fact]
    public void Tick_is_one_during_the_first_and_stamps_changes_and_events_as_it_is()
    {
        var world = Rooms.New();
        Assert.Equal(0UL, world.Tick);
        world.BeginTick();
        Assert.Equal(1UL, world.Tick);
        world.Apply(Rooms.Join(Rooms.Ann));
        world.Step();
        var changes = new ChangeSet();
        world.Extract(changes);
        Assert.Equal(1UL, changes.Tick);
        Assert.All(changes.Events, e => Assert.Equal(1UL, e.Tick));
        world.BeginTick();
        world.Step();
        world.Extract(changes);
        Assert.Equal(2UL, changes.Tick);
    }

    [Fact]
    public void Room_is_flat_whatever_a_rule_writes()
    {
        var world = Rooms.New();
        world.Run(Rooms.Spawn(EntityTypes.Hauler));
        world.Edit(StandardComponents.Transform, world.SlotOf(1), transform => transform with { Z = 1.2e-7f });
        world.Edit(StandardComponents.Velocity, world.SlotOf(1), velocity => velocity with { Z = -3 });
        world.Run();
        Assert.Equal((0f, 0f), (world.Get(StandardComponents.Transform, world.SlotOf(1)).Z, world.Get(StandardComponents.Velocity, world.SlotOf(1)).Z));
    }
}
