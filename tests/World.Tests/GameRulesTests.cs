// A game adds its own component, resource, system and command without touching ours.
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Components;
using Aetheris.World.Replica;

namespace Aetheris.World.Tests;

public class GameRulesTests
{
    private const CommandKind Cheer = (CommandKind)130;

    [Fact]
    public void Own_rules_act_travel_and_are_saved()
    {
        var definition = Build(out var mood, out var tally);
        var world = new RoomWorld(definition, new RoomSettings());
        world.Run(Rooms.Join(Rooms.Ann), new Command { Kind = Cheer, Payload = new byte[] { 5 } });
        world.Run();
        Assert.Equal(5, world.Entities.Column(mood)[world.ShipOf(Rooms.Ann)].Value);
        Assert.Equal(2, world.Resource(tally).Steps);

        var replica = new RoomReplica(definition);
        Assert.True(replica.TryApply(Rooms.Header(2, image: true), world.Image()));
        Assert.True(replica.TryGetShip(Rooms.Ann, out var slot));
        Assert.True(replica.Entities.TryGetColumn(3000, out var column));
        Assert.Equal(5, ((Mood)column.ValueAt(slot)!).Value);

        Assert.True(RoomWorld.TryLoad(definition, world.Save(), out var loaded, out _));
        Assert.Equal(world.StateHash(), loaded.StateHash());
        Assert.Equal(2, loaded.Resource(tally).Steps);
        Assert.NotEqual(WorldDefinition.Standard.WorldVersion, definition.WorldVersion);
    }

    [Fact]
    public void Removed_component_is_removed_from_replicas_too()
    {
        var definition = Build(out var mood, out _);
        var world = new RoomWorld(definition, new RoomSettings());
        world.Run(Rooms.Join(Rooms.Ann), new Command { Kind = Cheer, Payload = new byte[] { 5 } });
        var replica = new RoomReplica(definition);
        Assert.True(replica.TryApply(Rooms.Header(1, image: true), world.Image()));
        world.BeginTick();
        world.Entities.Column(mood).Remove(world.ShipOf(Rooms.Ann));
        var changes = new ChangeSet();
        world.Extract(changes);
        var section = new ByteWriter();
        changes.WriteTo(section);
        Assert.True(replica.TryApply(Rooms.Header(2), section.Written));
        Assert.True(replica.TryGetShip(Rooms.Ann, out var slot));
        Assert.False(replica.Entities.Column(mood).Has(slot));
        Assert.Equal(mood.Bit, Assert.Single(replica.LastChanges).Removed);
    }

    [Fact]
    public void Kinds_and_commands_that_are_taken_or_reserved_are_refused()
    {
        var builder = new WorldBuilder();
        StandardRules.AddTo(builder);
        Assert.Throws<ArgumentException>(() => builder.AddComponent<Mood>(ComponentKinds.Velocity, "Mood"));
        Assert.Throws<ArgumentException>(() => builder.AddCommand(CommandKind.Join, new CheerRule(default)));
        builder.AddCommand(Cheer, new CheerRule(default));
        Assert.Throws<ArgumentException>(() => builder.AddCommand(Cheer, new CheerRule(default)));
        Assert.Throws<InvalidOperationException>(() => new WorldBuilder().Build());
    }

    private static WorldDefinition Build(out ComponentKey<Mood> mood, out ResourceKey<Tally> tally)
    {
        var builder = new WorldBuilder();
        StandardRules.AddTo(builder);
        mood = builder.AddComponent<Mood>(3000, "Mood");
        tally = builder.AddResource("Tally", _ => new Tally());
        builder.AddSystem(new TallySystem(tally));
        builder.AddCommand(Cheer, new CheerRule(mood));
        return builder.Build();
    }

    private struct Mood : IComponent<Mood>
    {
        public byte Value;

        public readonly bool BitsEqual(in Mood other) => Value == other.Value;

        public readonly void Write(ByteWriter writer) => writer.WriteByte(Value);

        public bool TryRead(ref ByteReader reader) => reader.TryReadByte(out Value);
    }

    private sealed class Tally : IRoomResource
    {
        public int Steps { get; set; }

        public void Write(ByteWriter writer) => writer.WriteInt32(Steps);

        public bool TryRead(ref ByteReader reader)
        {
            var read = reader.TryReadInt32(out var steps);
            Steps = steps;
            return read;
        }

        public void OnCleared() => Steps = 0;
    }

    private sealed class TallySystem(ResourceKey<Tally> tally) : ISystem
    {
        public string Name => "Tally";

        public uint Version => 1;

        public void Step(RoomWorld world) => world.Resource(tally).Steps++;
    }

    private sealed class CheerRule(ComponentKey<Mood> mood) : ICommandRule
    {
        public string Name => "Cheer";

        public uint Version => 1;

        public void Apply(RoomWorld world, in Command command)
        {
            if (command.Payload.Length == 1)
                world.Entities.Column(mood).Set(world.ShipOf(Rooms.Ann), new Mood { Value = command.Payload.Span[0] });
        }
    }
}
