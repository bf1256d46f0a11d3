// What the tick counts of mining.
using Aetheris.Grains.Pipeline;
using Aetheris.Grains.Tests.Harness;
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Components;
using Aetheris.Protocol.Events;
using Aetheris.Protocol.Identity;
using Aetheris.World;

namespace Aetheris.Grains.Tests.Pipeline;

public sealed class OreMeterTests
{
    [Fact]
    public void Ore_that_leaves_an_asteroid_is_counted_once_and_its_depletion_too()
    {
        var world = Make.World();
        var meter = new OreMeter();
        var changes = new ChangeSet();
        world.BeginTick();
        world.Apply(Make.Join(1));
        Assert.True(world.Players.TryGet(Make.Player(1), out var pilot));
        Assert.True(world.Entities.TryGetSlot(pilot.Ship, out var ship));
        var asteroid = Asteroid(world, out var slot);
        var place = world.Entities.Column(StandardComponents.Transform)[slot];
        world.Entities.Column(StandardComponents.Transform).Set(ship, world.Entities.Column(StandardComponents.Transform)[ship] with { X = place.X, Y = place.Y });
        world.Entities.Column(StandardComponents.Asteroid).Set(slot, world.Entities.Column(StandardComponents.Asteroid)[slot] with { OreRemaining = 30 });
        long ore = 0;
        var depleted = 0;
        for (var i = 0; i < 250; i++)
        {
            if (i > 0)
                world.BeginTick();
            if (i == 1)
                world.Apply(Toggle(world, asteroid));
            world.Step();
            world.Extract(changes);
            ore += meter.Count(world.Entities, changes, out var depletions);
            depleted += depletions;
        }

        Assert.Equal(30, ore);
        Assert.Equal(1, depleted);
        Assert.Equal(30, world.Entities.Column(StandardComponents.CargoHold)[ship].OreCount);
    }

    [Fact]
    public void Ore_from_drops_and_holds_that_are_seen_for_the_first_time_are_not_mined()
    {
        var world = Make.World();
        var meter = new OreMeter();
        var changes = new ChangeSet();
        world.BeginTick();
        world.Apply(Make.Join(1));
        Assert.True(world.Players.TryGet(Make.Player(1), out var pilot));
        Assert.True(world.Entities.TryGetSlot(pilot.Ship, out var ship));
        world.Entities.Column(StandardComponents.CargoHold).Set(ship, world.Entities.Column(StandardComponents.CargoHold)[ship] with { OreCount = 7 });
        Step();
        world.BeginTick();
        world.Apply(new Command { Kind = CommandKind.Spawn, Privileged = true, EntityType = EntityTypes.CargoDrop, X = 1, Y = 1 });
        Assert.True(world.Entities.TryGetSlot(new NetworkId(world.Entities.IdOf(world.Entities.Slots[^1]).Value), out var drop));
        world.Entities.Column(StandardComponents.CargoDrop).Set(drop, new CargoDrop { Quantity = 20 });
        Step();
        world.BeginTick();
        Step();
        Assert.Equal(27, world.Entities.Column(StandardComponents.CargoHold)[ship].OreCount);

        void Step()
        {
            world.Step();
            world.Extract(changes);
            Assert.Equal(0, meter.Count(world.Entities, changes, out _));
        }
    }

    private static NetworkId Asteroid(RoomWorld world, out int slot)
    {
        slot = -1;
        foreach (var candidate in world.Entities.Slots)
        {
            if (world.Entities.Column(StandardComponents.Asteroid).Has(candidate))
                slot = candidate;
        }

        Assert.True(slot >= 0);
        return world.Entities.IdOf(slot);
    }

    private static Command Toggle(RoomWorld world, NetworkId asteroid)
    {
        var input = Make.Input(1, world.Tick, 0, 0);
        input.Input.Buttons = InputButtons.ToggleMining;
        input.Input.MiningTarget = asteroid.Value;
        return input;
    }
}
