// How entities come and go (WORLD_RULES §2, §5).
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Components;
using Aetheris.Protocol.Identity;
using CsCheck;

namespace Aetheris.World.Tests;

public class SpawnTests
{
    /// <summary>Where a saved room says which id it gave last (see <c>RoomSave</c>): behind magic, format, version, settings and tick.</summary>
    private const int LastIdOffset = 4 + 2 + 8 + 22 + 8;

    [Fact]
    public void Room_and_its_asteroid_appear_with_the_first_spawn_which_takes_its_id_before_them()
    {
        var world = Rooms.New();
        world.Run();
        Assert.Equal(0, world.Entities.Count);
        world.Run(Rooms.Spawn(EntityTypes.Hauler, 1, 2));
        world.Run(Rooms.Spawn(EntityTypes.Hauler, 3, 4));
        Assert.Equal([1UL, 2, 3, 4], Ids(world));
        Assert.Equal(new NetworkId(2), world.Room);

        var room = world.SlotOf(2);
        var definition = world.Get(StandardComponents.RoomDefinition, room);
        Assert.Equal(("Playground_Master", 0u, false), (definition.Name, definition.Capacity, definition.IsTemplate));
        var bounds = world.Get(StandardComponents.RoomBounds, room);
        Assert.Equal((-250f, -250f, 250f, 250f), (bounds.MinX, bounds.MinY, bounds.MaxX, bounds.MaxY));
        Assert.False(world.Entities.Column(StandardComponents.Transform).Has(room));
        Assert.All(world.Entities.Slots.ToArray(), slot => Assert.Equal(2UL, world.Get(StandardComponents.RoomMembership, slot).Room));
        var asteroid = world.Get(StandardComponents.Transform, world.SlotOf(3));
        Assert.Equal((EntityTypes.Asteroid, 30f, 0f, 0f), (asteroid.EntityType, asteroid.X, asteroid.Y, asteroid.Rotation));
    }

    [Fact]
    public void Room_is_known_by_its_id_also_after_a_load()
    {
        var world = Rooms.New();
        world.Run(Rooms.Spawn(EntityTypes.Hauler));
        Assert.True(RoomWorld.TryLoad(WorldDefinition.Standard, world.Save(), out var loaded, out var reason), reason);
        loaded.Run(Rooms.Spawn(EntityTypes.Hauler));
        Assert.Equal([1UL, 2, 3, 4], Ids(loaded));
    }

    [Fact]
    public void Created_entity_has_the_next_id_and_nothing_else()
    {
        var world = Rooms.New();
        var slot = world.Create();
        Assert.Equal((1UL, 0UL), (world.Entities.IdOf(slot).Value, world.Entities.MaskOf(slot)));
        Assert.Equal(NetworkId.None, world.Room);
    }

    [Fact]
    public void Ids_end_before_they_overflow_and_the_room_goes_on()
    {
        var world = Rooms.New();
        world.Run(Rooms.Join(Rooms.Ann));
        var saved = world.Save();
        var forged = new ByteWriter();
        forged.WriteBytes(saved.AsSpan(0, LastIdOffset));
        forged.WriteUInt64(ulong.MaxValue - 1);
        forged.WriteBytes(saved.AsSpan(LastIdOffset + 8, saved.Length - LastIdOffset - 12));
        forged.WriteUInt32(Crc32C.Compute(forged.Written));
        Assert.True(RoomWorld.TryLoad(WorldDefinition.Standard, forged.Written, out var last, out var reason), reason);
        last.Run(Rooms.Stress(10), Rooms.Spawn(EntityTypes.Hauler), Rooms.Join(Rooms.Ben));
        Assert.Equal(3, last.Entities.Count);
    }

    [Fact]
    public void Despawned_entity_is_gone_everywhere_and_an_unknown_id_counts_for_nothing()
    {
        var world = Rooms.With((Rooms.Ann, EntityTypes.Hauler, 0, 0), (Rooms.Ben, EntityTypes.Hauler, 9, 0));
        world.BeginTick();
        world.DespawnAll([new NetworkId(1), new NetworkId(99), new NetworkId(1)]);
        Assert.False(world.Exists(1));
        Assert.Equal([2UL, 3, 4], Ids(world));
        Assert.True(world.Players.TryGet(Rooms.Ann, out var ann));
        Assert.True(world.Players.TryGet(Rooms.Ben, out var ben));
        Assert.Equal((0UL, 4UL), (ann.Ship.Value, ben.Ship.Value));
        world.Step();
        var changes = new ChangeSet();
        world.Extract(changes);
        var gone = Assert.Single(changes.Entities, change => change.Kind == EntityChangeKind.Despawned);
        Assert.Equal(1UL, gone.Id.Value);
        Assert.Empty(changes.Events);
    }

    [Fact]
    public void Despawning_many_at_once_leaves_what_despawning_one_by_one_leaves() =>
        Gen.Int[1, 30].Array[0, 40].Sample(picks =>
        {
            RoomWorld one = Rooms.New(), many = Rooms.New();
            one.Run(Rooms.Stress(28));
            many.Run(Rooms.Stress(28));
            foreach (var pick in picks)
            {
                if (one.Entities.TryGetSlot(new NetworkId((ulong)pick), out var slot))
                    one.Despawn(slot);
            }

            many.DespawnAll([.. picks.Select(pick => new NetworkId((ulong)pick))]);
            one.Run(Rooms.Stress(5));
            many.Run(Rooms.Stress(5));
            Assert.Equal(one.StateHash(), many.StateHash());
        }, iter: 300);

    [Fact]
    public void Stress_test_without_rotation_draws_two_numbers_for_each_of_its_types_in_turn()
    {
        var world = Rooms.New();
        world.Apply(Rooms.Stress(7, rotate: false));
        var random = new ChaCha8(0xCAFEBABE);
        var spawned = Ids(world).Where(id => id is not (2 or 3)).Select(id => world.Get(StandardComponents.Transform, world.SlotOf(id))).ToList();
        Assert.Equal([1, 3, 4, 5, 6, 1, 3], spawned.Select(transform => (int)transform.EntityType));
        Assert.All(spawned, transform => Assert.Equal((random.NextSingle(-20, 20), random.NextSingle(-20, 20), 0f), (transform.X, transform.Y, transform.Rotation)));
    }

    [Fact]
    public void Uniform_numbers_reach_their_lower_end_and_never_the_upper() =>
        Gen.Select(Gen.ULong, Gen.Float[-1000, 1000], Gen.Float[0.001f, 1000]).Sample((seed, low, length) =>
        {
            var random = new ChaCha8(seed);
            var high = low + length;
            for (var i = 0; i < 50; i++)
            {
                var value = random.NextSingle(low, high);
                Assert.True(value >= low && value < high);
            }
        }, iter: 500);

    [Fact]
    public void There_is_one_way_to_make_a_room_and_its_weapons_fire()
    {
        Assert.Single(typeof(RoomWorld).GetConstructors());
        var world = Rooms.New(new RoomSettings { Seed = 99 });
        JoinRule.Join(world, Rooms.Join(Rooms.Ann), -100, -100, 0);
        Assert.True(world.Entities.Column(StandardComponents.ProjectileMarker).Has(WeaponTests.Shoot(world)));
    }

    [Fact]
    public void Ship_that_appears_outside_the_bounds_is_wrapped_at_once()
    {
        var world = Rooms.With((Rooms.Ann, EntityTypes.Hauler, 260, -251));
        var place = world.Get(StandardComponents.Transform, world.ShipOf(Rooms.Ann));
        Assert.Equal((-240f, 249f), (place.X, place.Y));
    }

    private static ulong[] Ids(RoomWorld world) => [.. world.Entities.Slots.ToArray().Select(slot => world.Entities.IdOf(slot).Value)];
}
