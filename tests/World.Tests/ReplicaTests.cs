// A replica equals its room, and survives anything it is fed.
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Components;
using Aetheris.Protocol.Frames;
using Aetheris.World.Replica;
using CsCheck;

namespace Aetheris.World.Tests;

public class ReplicaTests
{
    [Fact]
    public void Replica_fed_by_frames_or_by_an_image_equals_the_room_bit_for_bit() =>
        Gen.Select(RandomPlay.Gen.List[0, 200], Gen.Int[0, 40]).Sample((plays, imageAt) =>
        {
            var world = Rooms.New(RandomPlay.Settings);
            RoomReplica follower = new(WorldDefinition.Standard), late = new(WorldDefinition.Standard);
            Assert.True(follower.TryApply(Rooms.Header(0, image: true), world.Image()));
            var changes = new ChangeSet();
            var tick = 0;
            RandomPlay.Play(world, plays, changes, () =>
            {
                var section = new ByteWriter();
                changes.WriteTo(section);
                Assert.True(follower.TryApply(Rooms.Header(world.Tick), section.Written));
                Assert.Equal(changes.Entities, follower.LastChanges);
                if (tick == imageAt)
                    Assert.True(late.TryApply(Rooms.Header(world.Tick, image: true), world.Image()));
                else if (tick > imageAt)
                    Assert.True(late.TryApply(Rooms.Header(world.Tick), section.Written));
                AssertEqual(world, follower);
                if (tick++ >= imageAt)
                    AssertEqual(world, late);
            });
        }, iter: 200);

    [Fact]
    public void Replica_knows_the_ship_of_every_player() =>
        RandomPlay.Gen.List[0, 150].Sample(plays =>
        {
            var world = Rooms.New(RandomPlay.Settings);
            var replica = new RoomReplica(WorldDefinition.Standard);
            Assert.True(replica.TryApply(Rooms.Header(0, image: true), world.Image()));
            var changes = new ChangeSet();
            RandomPlay.Play(world, plays, changes, () =>
            {
                var section = new ByteWriter();
                changes.WriteTo(section);
                Assert.True(replica.TryApply(Rooms.Header(world.Tick), section.Written));
                for (var i = 0; i < world.Players.Count; i++)
                {
                    Assert.Equal(world.Players[i].Ship.Value != 0, replica.TryGetShip(world.Players[i].Player, out var slot));
                    if (slot >= 0)
                        Assert.Equal(world.Players[i].Ship, replica.Entities.IdOf(slot));
                }
            });
        }, iter: 100);

    [Fact]
    public void Image_over_an_older_state_names_what_is_gone_new_and_kept()
    {
        var world = Rooms.New();
        world.Run(Rooms.Join(Rooms.Ann), Rooms.Join(Rooms.Ben));
        var replica = new RoomReplica(WorldDefinition.Standard);
        Assert.True(replica.TryApply(Rooms.Header(1, image: true), world.Image()));
        Assert.All(replica.LastChanges, change => Assert.Equal(EntityChangeKind.Spawned, change.Kind));
        world.Run(Rooms.Leave(Rooms.Ann, Protocol.Commands.LeaveReason.Quit), Rooms.Spawn(EntityTypes.Asteroid));
        Assert.True(replica.TryApply(Rooms.Header(2, image: true), world.Image()));
        Assert.Equal(
            [(EntityChangeKind.Despawned, 1UL), (EntityChangeKind.Changed, 2UL), (EntityChangeKind.Changed, 3UL), (EntityChangeKind.Changed, 4UL), (EntityChangeKind.Spawned, 5UL)],
            replica.LastChanges.Select(change => (change.Kind, change.Id.Value)));
        Assert.False(replica.TryGetShip(Rooms.Ann, out _));
        Assert.True(replica.TryGetShip(Rooms.Ben, out _));
    }

    [Fact]
    public void Difference_before_an_image_is_refused()
    {
        var world = Rooms.New();
        world.BeginTick();
        world.Step();
        var changes = new ChangeSet();
        world.Extract(changes);
        var section = new ByteWriter();
        changes.WriteTo(section);
        var replica = new RoomReplica(WorldDefinition.Standard);
        Assert.False(replica.TryApply(Rooms.Header(1), section.Written));
        Assert.False(replica.IsUsable);
    }

    [Fact]
    public void Mutated_sections_never_throw_and_a_refused_one_leaves_nothing_usable()
    {
        var world = Rooms.New();
        world.Run(Rooms.Join(Rooms.Ann, name: "Ann"), Rooms.Stress(8));
        var image = world.Image();
        world.BeginTick();
        world.Apply(Rooms.Input(Rooms.Ann, 2, 1));
        world.Apply(Rooms.Spawn(EntityTypes.Projectile));
        world.Step();
        var changes = new ChangeSet();
        world.Extract(changes);
        var writer = new ByteWriter();
        changes.WriteTo(writer);
        var frame = writer.Written.ToArray();
        Gen.Select(Gen.Bool, Gen.Int[0, 10000], Gen.Byte, Gen.Int[0, 10000], Gen.Bool).Sample((ofImage, position, value, length, cut) =>
        {
            var bytes = (byte[])(ofImage ? image : frame).Clone();
            bytes[position % bytes.Length] = value;
            if (cut)
                bytes = bytes[..(length % bytes.Length)];
            var replica = new RoomReplica(WorldDefinition.Standard);
            Assert.True(replica.TryApply(Rooms.Header(1, image: true), image));
            var applied = replica.TryApply(Rooms.Header(2, image: ofImage), bytes);
            Assert.Equal(applied, replica.IsUsable);
            if (!applied)
                Assert.Equal(0, replica.Entities.Count);
        }, iter: 5000);
    }

    [Fact]
    public void New_entity_is_sent_once_and_one_that_never_was_out_not_at_all()
    {
        var world = Rooms.New();
        var changes = new ChangeSet();
        world.BeginTick();
        world.Apply(Rooms.Spawn(EntityTypes.Asteroid, 1));
        world.Despawn(world.Entities.Slots[0]);
        world.Step();
        world.Extract(changes);
        Assert.Equal([(EntityChangeKind.Spawned, 2UL), (EntityChangeKind.Spawned, 3UL)], changes.Entities.Select(c => (c.Kind, c.Id.Value)));
    }

    [Fact]
    public void Freed_slot_rests_until_sixty_four_others_are_free_and_comes_back_in_a_new_generation()
    {
        var world = Rooms.New();
        world.Run(Rooms.Spawn(EntityTypes.Asteroid));
        var first = world.Entities.Slots[0];
        var used = new List<int>();
        for (var i = 0; i < 70; i++)
        {
            world.Despawn(world.Entities.Slots[^1]);
            world.Run(Rooms.Spawn(EntityTypes.Asteroid));
            used.Add(world.Entities.Slots[^1]);
        }

        Assert.Equal(used.Take(64).Count(), used.Take(64).Distinct().Count());
        Assert.DoesNotContain((int)first, used);
        Assert.InRange(world.Entities.Slots.ToArray().Max(), 0, 70);
        Assert.Contains(used, slot => used.Count(other => other == slot) == 2);
        Assert.Equal(1, world.Entities.GenerationOf(used[^1]));
    }

    [Fact]
    public void Resting_entities_are_not_sent_again()
    {
        var world = Rooms.New();
        var changes = new ChangeSet();
        world.Run(Rooms.Stress(100));
        world.BeginTick();
        world.Step();
        world.Extract(changes);
        Assert.Empty(changes.Entities);
        Assert.Equal(0UL, world.Entities.DirtyOf(world.Entities.Slots[0]) & StandardComponents.Transform.Bit);
    }

    private static void AssertEqual(RoomWorld world, RoomReplica replica)
    {
        var image = new ByteWriter();
        replica.WriteImage(image);
        Assert.Equal(world.Image(), image.Written.ToArray());
    }
}
