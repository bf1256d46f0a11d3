// A steady tick takes no memory.
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Events;
using Aetheris.Protocol.Identity;
using Aetheris.World.Replica;

namespace Aetheris.World.Tests;

public class AllocationTests
{
    private const int Ships = 50;

    [Fact]
    public void Thousand_ticks_with_fifty_flying_ships_allocate_nothing()
    {
        var world = Rooms.New();
        for (var i = 1; i <= Ships; i++)
            world.Apply(Rooms.Join(new PlayerId(0, (ulong)i)));
        var changes = new ChangeSet();
        var section = new ByteWriter();
        for (var i = 0; i < 100; i++)
            Tick(world, changes, section);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
            Tick(world, changes, section);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Thousand_ticks_of_fifty_ships_that_fight_die_and_come_back_allocate_nothing()
    {
        var world = Rooms.New();
        for (var i = 1; i <= Ships; i++)
            JoinRule.Join(world, Rooms.Join(new PlayerId(0, (ulong)i)), ((i % 10) - 5) * 12, ((i / 10) - 2) * 12, 0);
        var changes = new ChangeSet();
        var section = new ByteWriter();
        var deaths = 0;
        for (var i = 0; i < 2000; i++)
            Fight(world, changes, section, ref deaths);
        deaths = 0;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
            Fight(world, changes, section, ref deaths);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.InRange(deaths, 20, int.MaxValue);
    }

    [Fact]
    public void Thousand_ticks_of_fifty_ships_that_mine_collect_and_empty_asteroids_allocate_nothing()
    {
        var world = Rooms.New();
        for (var i = 1; i <= Ships; i++)
            JoinRule.Join(world, Rooms.Join(new PlayerId(0, (ulong)i)), 30 + (i % 8), i / 8, 0);
        var changes = new ChangeSet();
        var section = new ByteWriter();
        int depleted = 0, collected = 0;
        for (var i = 0; i < 2000; i++)
            Mine(world, changes, section, ref depleted, ref collected);
        (depleted, collected) = (0, 0);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
            Mine(world, changes, section, ref depleted, ref collected);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.InRange(depleted, 1, int.MaxValue);
        Assert.InRange(collected, 5, int.MaxValue);
    }

    [Fact]
    public void Replica_takes_thousand_frames_without_allocating()
    {
        var world = Rooms.New();
        for (var i = 1; i <= Ships; i++)
            world.Apply(Rooms.Join(new PlayerId(0, (ulong)i)));
        var changes = new ChangeSet();
        var section = new ByteWriter();
        Tick(world, changes, section);
        var replica = new RoomReplica(WorldDefinition.Standard);
        Assert.True(replica.TryApply(Rooms.Header(1, image: true), world.Image()));
        long allocated = 0;
        for (var i = 0; i < 1100; i++)
        {
            Tick(world, changes, section);
            var before = GC.GetAllocatedBytesForCurrentThread();
            var applied = replica.TryApply(Rooms.Header(world.Tick), section.Written);
            if (i >= 100)
                allocated += GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(applied);
        }

        Assert.Equal(0, allocated);
    }

    /// <summary>An asteroid and a drop appear every 50 ticks; everybody mines the newest asteroid; holds are emptied in between.</summary>
    private static void Mine(RoomWorld world, ChangeSet changes, ByteWriter section, ref int depleted, ref int collected)
    {
        world.BeginTick();
        var asteroids = world.Entities.Column(StandardComponents.Asteroid);
        var holds = world.Entities.Column(StandardComponents.CargoHold);
        var newest = 0UL;
        foreach (var slot in world.Entities.Slots)
        {
            newest = asteroids.Has(slot) ? world.Entities.IdOf(slot).Value : newest;
            if (world.Tick % 50 == 0 && holds.Has(slot))
                holds.Set(slot, holds[slot] with { OreCount = 0 });
        }

        if (world.Tick % 50 == 0 && newest == 0)
            world.Apply(Rooms.Spawn(EntityTypes.Asteroid, 33, 3));
        if (world.Tick % 50 == 0)
        {
            world.Apply(Rooms.Spawn(EntityTypes.CargoDrop, 33, 3));
            if (!asteroids.Has(world.Entities.Slots[^1]))
                world.Entities.Column(StandardComponents.CargoDrop).Set(world.Entities.Slots[^1], new() { Quantity = 5 });
        }

        for (var i = 1; i <= Ships; i++)
        {
            var input = Rooms.Input(new PlayerId(0, (ulong)i), world.Tick);
            if (!world.Entities.Column(StandardComponents.MiningBeam)[world.ShipOf(new PlayerId(0, (ulong)i))].Active)
                (input.Input.Buttons, input.Input.MiningTarget) = (InputButtons.ToggleMining, newest);
            world.Apply(input);
        }

        EndTick(world, changes, section);
        for (var i = 0; i < changes.Events.Count; i++)
        {
            depleted += changes.Events[i].Kind == RoomEventKind.AsteroidDepleted ? 1 : 0;
            collected += changes.Events[i].Kind == RoomEventKind.CargoCollected ? 1 : 0;
        }
    }

    private static void Fight(RoomWorld world, ChangeSet changes, ByteWriter section, ref int deaths)
    {
        world.BeginTick();
        for (var i = 1; i <= Ships; i++)
            world.Apply(Rooms.Input(new PlayerId(0, (ulong)i), world.Tick, ((i + (int)(world.Tick / 60)) % 3) - 1, 0, InputButtons.Fire));
        EndTick(world, changes, section);
        for (var i = 0; i < changes.Events.Count; i++)
            deaths += changes.Events[i].Kind == RoomEventKind.Death ? 1 : 0;
    }

    private static void EndTick(RoomWorld world, ChangeSet changes, ByteWriter section)
    {
        world.Step();
        world.Extract(changes);
        section.Clear();
        changes.WriteTo(section);
        changes.WriteEventsTo(section);
        world.StateHash();
    }

    private static void Tick(RoomWorld world, ChangeSet changes, ByteWriter section)
    {
        world.BeginTick();
        for (var i = 1; i <= Ships; i++)
            world.Apply(Rooms.Input(new PlayerId(0, (ulong)i), world.Tick + 2, (i % 7) - 3, (world.Tick % 5) - 2f));
        world.Step();
        world.Extract(changes);
        section.Clear();
        changes.WriteTo(section);
        changes.WriteEventsTo(section);
        section.Truncate(section.Length - 2);
        world.StateHash();
    }
}
