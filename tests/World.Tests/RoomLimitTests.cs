// Nothing in a room grows without bound.
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Components;
using Aetheris.Protocol.Events;
using Aetheris.Protocol.Identity;

namespace Aetheris.World.Tests;

public class RoomLimitTests
{
    [Fact]
    public void Stress_tests_and_spawns_together_never_exceed_the_rooms_entities()
    {
        var world = Rooms.New(new RoomSettings { MaxEntities = 2500 });
        for (var i = 0; i < 5; i++)
            world.Run(Rooms.Stress(1000), Rooms.Stress(ushort.MaxValue), Rooms.Spawn(EntityTypes.Hauler));
        Assert.Equal(2500, world.Entities.Count);
        Assert.Equal(0, world.FreeEntities);
    }

    [Fact]
    public void One_stress_test_spawns_at_most_a_thousand()
    {
        var world = Rooms.New();
        world.Run(Rooms.Stress(ushort.MaxValue));
        Assert.Equal(1002, world.Entities.Count);
    }

    [Fact]
    public void As_many_entities_wait_for_their_return_as_the_room_may_hold()
    {
        var world = Rooms.New(new RoomSettings { MaxEntities = 10 });
        for (var i = 0; i < 8; i++)
        {
            world.Run([.. Enumerable.Repeat(Rooms.Spawn(EntityTypes.Asteroid, 100, 100), 10)]);
            foreach (var slot in world.Entities.Slots)
            {
                if (world.Entities.Column(StandardComponents.Asteroid).Has(slot))
                    world.Edit(StandardComponents.Asteroid, slot, asteroid => asteroid with { OreRemaining = 0 });
            }
        }

        Assert.Equal(10, world.Resource(StandardResources.AsteroidRespawns).Count);
    }

    [Fact]
    public void Events_of_a_tick_end_where_a_frame_cannot_count_them()
    {
        var world = Rooms.New();
        world.BeginTick();
        for (var i = 0; i < RoomWorld.MaxEventsPerTick + 5; i++)
            world.Emit(new RoomEvent { Kind = RoomEventKind.Cleared });
        var changes = new ChangeSet();
        world.Extract(changes);
        Assert.Equal(65535, changes.Events.Count);
        changes.WriteEventsTo(new());
    }

    [Fact]
    public void Spectators_are_bounded_too()
    {
        var world = Rooms.New();
        world.BeginTick();
        for (var i = 1; i <= PlayerTable.MaxRows + 1; i++)
            world.Apply(Rooms.Join(new PlayerId(0, (ulong)i), spectator: true));
        var changes = new ChangeSet();
        world.Extract(changes);
        Assert.Equal(PlayerTable.MaxRows, world.Players.Count);
        Assert.Equal((RoomEventKind.JoinRefused, (byte)JoinRefusal.Full), (changes.Events[^1].Kind, changes.Events[^1].Reason));
    }

    [Fact]
    public void Players_whose_grace_ends_together_leave_together_with_all_they_own()
    {
        var world = Rooms.New(new RoomSettings { GraceTicks = 5 });
        for (var i = 1UL; i <= 20; i++)
        {
            world.Apply(Rooms.Join(new PlayerId(0, i)) with { Gateway = Rooms.East, Sequence = i });
            world.Apply(Rooms.Spawn(EntityTypes.Asteroid, 100, 100) with { Player = new PlayerId(0, i), Connection = new ConnectionEpoch(1) });
        }

        world.Run(new Command { Kind = CommandKind.GatewayGone, GoneGateway = Rooms.East }, Rooms.Join(Rooms.Ann, 2));
        world.RunUntil(5);
        Assert.Equal(42, world.Entities.Count);
        world.RunUntil(7);
        Assert.Equal((1, 4), (world.Players.Count, world.Entities.Count));
    }
}
