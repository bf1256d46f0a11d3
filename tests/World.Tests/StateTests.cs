// Same log, same bits: determinism, save and load.
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Events;
using CsCheck;

namespace Aetheris.World.Tests;

public class StateTests
{
    [Fact]
    public void Same_commands_give_the_same_hash_after_every_tick() =>
        RandomPlay.Gen.List[0, 150].Sample(plays => Assert.Equal(Hashes(plays), Hashes(plays)), iter: 100);

    [Fact]
    public void Saving_and_hashing_at_once_gives_the_same_bytes_and_the_same_hash() =>
        RandomPlay.Gen.List[0, 60].Sample(
            plays =>
            {
                var world = Rooms.New(RandomPlay.Settings);
                RandomPlay.Play(world, plays, new ChangeSet());
                var writer = new ByteWriter();
                Assert.Equal(world.StateHash(), world.SaveAndHash(writer));
                Assert.Equal(world.Save(), writer.Written.ToArray());
            },
            iter: 50);

    [Fact]
    public void A_room_goes_on_under_other_rules_that_lay_it_out_alike()
    {
        var builder = new WorldBuilder();
        StandardRules.AddTo(builder);
        builder.AddCommand(Protocol.Commands.CommandKind.FirstCustom, new LeaveRule());
        var other = builder.Build();
        Assert.NotEqual(WorldDefinition.Standard.WorldVersion, other.WorldVersion);
        Assert.Equal(WorldDefinition.Standard.LayoutVersion, other.LayoutVersion);
        var world = Rooms.New();
        world.Run(Rooms.Join(Rooms.Ann));
        Assert.False(RoomWorld.TryLoad(other, world.Save(), out _, out _));
        Assert.True(RoomWorld.TryLoad(other, WorldDefinition.Standard.WorldVersion, world.Save(), out var loaded, out var reason), reason);
        Assert.Equal((world.Tick, world.Players.Count, other), (loaded.Tick, loaded.Players.Count, loaded.Definition));
    }

    [Fact]
    public void Random_streams_mine_fight_die_and_come_back()
    {
        var seen = new int[256];
        RandomPlay.Gen.List[100, 200].Sample(plays =>
        {
            var changes = new ChangeSet();
            RandomPlay.Play(Rooms.New(RandomPlay.Settings), plays, changes, () =>
            {
                foreach (var roomEvent in changes.Events)
                    Interlocked.Increment(ref seen[(byte)roomEvent.Kind]);
            });
        }, iter: 400);
        Assert.All(
            new[] { RoomEventKind.Damage, RoomEventKind.Death, RoomEventKind.AsteroidDepleted, RoomEventKind.CargoCollected, RoomEventKind.Respawn },
            kind => Assert.NotEqual(0, seen[(byte)kind]));
    }

    [Fact]
    public void Room_saved_and_loaded_at_any_tick_goes_on_identically() =>
        Gen.Select(RandomPlay.Gen.List[0, 120], RandomPlay.Gen.List[0, 120]).Sample((before, after) =>
        {
            var world = Rooms.New(RandomPlay.Settings);
            RandomPlay.Play(world, before, new ChangeSet());
            var saved = world.Save();
            Assert.True(RoomWorld.TryLoad(WorldDefinition.Standard, saved, out var loaded, out var reason), reason);
            Assert.Equal(saved, loaded.Save());
            Assert.Equal(world.StateHash(), loaded.StateHash());

            ChangeSet changes = new(), loadedChanges = new();
            ByteWriter frame = new(), loadedFrame = new();
            RandomPlay.Play(world, after, changes, () => changes.WriteTo(frame));
            RandomPlay.Play(loaded, after, loadedChanges, () => loadedChanges.WriteTo(loadedFrame));
            Assert.Equal(world.StateHash(), loaded.StateHash());
            Assert.True(frame.Written.SequenceEqual(loadedFrame.Written));
        }, iter: 200);

    [Fact]
    public void Mutated_bytes_are_refused_with_a_reason_and_never_throw()
    {
        var saved = SavedRoom();
        Gen.Select(Gen.Int[0, saved.Length - 1], Gen.Int[1, 255]).Sample((position, flip) =>
        {
            var bytes = (byte[])saved.Clone();
            bytes[position] ^= (byte)flip;
            return !RoomWorld.TryLoad(WorldDefinition.Standard, bytes, out var world, out var reason) && world is null && reason.Length > 0;
        }, iter: 2000);
    }

    [Fact]
    public void Forged_bytes_with_a_right_checksum_never_throw_and_what_loads_can_run()
    {
        var saved = SavedRoom();
        var edit = Gen.Select(Gen.Int[14, saved.Length - 5], Gen.OneOf(Gen.Byte, Gen.Const((byte)0), Gen.Const((byte)255))).Array[1, 4];
        Gen.Select(edit, Gen.Int[0, saved.Length], Gen.Bool).Sample((edits, length, cut) =>
        {
            var bytes = (byte[])saved.Clone();
            foreach (var (position, value) in edits)
                bytes[position] = value;
            bytes = Seal(cut ? bytes.AsSpan(0, Math.Max(4, length)) : bytes);
            if (RoomWorld.TryLoad(WorldDefinition.Standard, bytes, out var world, out _))
            {
                world.Run(Rooms.Join(Rooms.Ann, 9), Rooms.Stress(3));
                world.Run(Rooms.Input(Rooms.Ann, world.Tick + 1, 1, buttons: Protocol.Commands.InputButtons.Fire, connection: 9));
                world.Run(Rooms.Toggle(Rooms.Ann, world.Tick + 1, 3) with { Connection = new(9) });
            }
        }, iter: 5000);
    }

    [Fact]
    public void Random_bytes_never_throw() =>
        Gen.Byte.Array[0, 400].Sample(bytes => !RoomWorld.TryLoad(WorldDefinition.Standard, bytes, out _, out var reason) && reason.Length > 0, iter: 5000);

    [Fact]
    public void Another_world_version_is_refused()
    {
        var builder = new WorldBuilder();
        StandardRules.AddTo(builder);
        builder.AddSystem(new ZClampSystem());
        Assert.False(RoomWorld.TryLoad(builder.Build(), SavedRoom(), out _, out var reason));
        Assert.Contains("world version", reason, StringComparison.Ordinal);
    }

    private static List<ulong> Hashes(List<RandomPlay> plays)
    {
        var world = Rooms.New(RandomPlay.Settings);
        var hashes = new List<ulong>();
        RandomPlay.Play(world, plays, new ChangeSet(), () => hashes.Add(world.StateHash()));
        return hashes;
    }

    private static byte[] SavedRoom()
    {
        // A dead pilot, an asteroid and a dummy that are to come back, a drop, a shot in flight.
        var world = Rooms.New();
        JoinRule.Join(world, Rooms.Join(new(0, 3), name: "Cid"), 100, 0, 0);
        world.Edit(StandardComponents.CargoHold, world.SlotOf(1), hold => hold with { OreCount = 9 });
        world.Run(
        [
            Rooms.Spawn(EntityTypes.Asteroid, 100, 100),
            Rooms.Spawn(EntityTypes.TrainingDummy, 100, -100),
            .. Enumerable.Repeat(Rooms.Spawn(EntityTypes.Projectile, 100, 0), 12),
            .. Enumerable.Repeat(Rooms.Spawn(EntityTypes.Projectile, 100, 100), 20),
            .. Enumerable.Repeat(Rooms.Spawn(EntityTypes.Projectile, 100, -100), 6),
            Rooms.Spawn(EntityTypes.Projectile, 200, 0),
        ]);
        Assert.Equal((1, 1), (world.Resource(StandardResources.AsteroidRespawns).Count, world.Resource(StandardResources.DummyRespawns).Count));
        Assert.NotEqual(0UL, world.Players[0].RespawnAt);
        world.Run(Rooms.Join(Rooms.Ann, name: "Ann"), Rooms.Join(Rooms.Ben) with { Gateway = Rooms.East, Sequence = 1 }, Rooms.Stress(6));
        world.Run(Rooms.Input(Rooms.Ann, 9, 1), Rooms.Input(Rooms.Ann, 12, 1), Rooms.Leave(Rooms.Ben, Protocol.Commands.LeaveReason.Quit));
        return world.Save();
    }

    private static byte[] Seal(ReadOnlySpan<byte> bytes)
    {
        var writer = new ByteWriter();
        writer.WriteBytes(bytes[..^4]);
        writer.WriteUInt32(Crc32C.Compute(writer.Written));
        return writer.Written.ToArray();
    }
}
