// Short forms for tests that drive a room by hand.
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Components;
using Aetheris.Protocol.Events;
using Aetheris.Protocol.Frames;
using Aetheris.Protocol.Identity;

namespace Aetheris.World.Tests;

internal static class Rooms
{
    internal static readonly PlayerId Ann = new(0, 1);
    internal static readonly PlayerId Ben = new(0, 2);
    internal static readonly GatewayId East = new(77);

    internal static RoomWorld New(RoomSettings? settings = null) => new(WorldDefinition.Standard, settings ?? new RoomSettings());

    internal static Command Join(PlayerId player, uint connection = 1, bool spectator = false, ushort type = 0, string? name = null) => new()
    {
        Kind = CommandKind.Join,
        Player = player,
        Connection = new ConnectionEpoch(connection),
        Spectator = spectator,
        EntityType = type,
        Name = name,
    };

    internal static Command Leave(PlayerId player, LeaveReason reason, uint connection = 1) => new()
    {
        Kind = CommandKind.Leave,
        Player = player,
        Connection = new ConnectionEpoch(connection),
        Reason = reason,
    };

    internal static Command Input(PlayerId player, ulong target, float x = 0, float y = 0, InputButtons buttons = InputButtons.None, uint connection = 1) => new()
    {
        Kind = CommandKind.Input,
        Player = player,
        Connection = new ConnectionEpoch(connection),
        Input = new ShipInput { TargetTick = target, MoveX = x, MoveY = y, Buttons = buttons },
    };

    internal static Command Stress(ushort count, bool rotate = true) =>
        new() { Kind = CommandKind.StressTest, Privileged = true, Count = count, Rotate = rotate };

    internal static Command Spawn(ushort type, float x = 0, float y = 0, float rotation = 0) =>
        new() { Kind = CommandKind.Spawn, Privileged = true, EntityType = type, X = x, Y = y, Rotation = rotation };

    /// <summary>One tick with its commands; returns the tick's events.</summary>
    internal static List<RoomEvent> Run(this RoomWorld world, params Command[] commands)
    {
        var changes = new ChangeSet();
        world.BeginTick();
        foreach (var command in commands)
            world.Apply(command);
        world.Step();
        world.Extract(changes);
        return [.. changes.Events];
    }

    internal static void RunUntil(this RoomWorld world, ulong tick)
    {
        while (world.Tick < tick)
            world.Run();
    }

    internal static int ShipOf(this RoomWorld world, PlayerId player)
    {
        Assert.True(world.Players.TryGet(player, out var record));
        Assert.True(world.Entities.TryGetSlot(record.Ship, out var slot));
        return slot;
    }

    internal static PilotStatus StatusOf(this RoomWorld world, PlayerId player) =>
        world.Entities.Column(StandardComponents.PilotStatus)[world.ShipOf(player)];

    internal static ShipInput HeldBy(this RoomWorld world, PlayerId player) =>
        world.Entities.Column(StandardComponents.PilotInput)[world.ShipOf(player)].Held;

    internal static Command Toggle(PlayerId player, ulong target, ulong asteroid) => Input(player, target, buttons: InputButtons.ToggleMining) with
    {
        Input = new ShipInput { TargetTick = target, Buttons = InputButtons.ToggleMining, MiningTarget = asteroid },
    };

    /// <summary>A room in which each player has a ship of a type at a place; the room's asteroid is entity 3.</summary>
    internal static RoomWorld With(params (PlayerId Player, ushort Type, float X, float Y)[] ships)
    {
        var world = New();
        foreach (var (player, type, x, y) in ships)
            JoinRule.Join(world, Join(player, type: type), x, y, 0);
        world.Extract(new ChangeSet());
        return world;
    }

    internal static int SlotOf(this RoomWorld world, ulong id)
    {
        Assert.True(world.Entities.TryGetSlot(new NetworkId(id), out var slot));
        return slot;
    }

    internal static bool Exists(this RoomWorld world, ulong id) => world.Entities.TryGetSlot(new NetworkId(id), out _);

    /// <summary>Changes a value behind the rules' back.</summary>
    internal static void Edit<T>(this RoomWorld world, ComponentKey<T> key, int slot, Func<T, T> edit)
        where T : struct, IComponent<T> => world.Entities.Column(key).Set(slot, edit(world.Entities.Column(key)[slot]));

    internal static T Get<T>(this RoomWorld world, ComponentKey<T> key, int slot)
        where T : struct, IComponent<T> => world.Entities.Column(key)[slot];

    /// <summary>Runs to a tick; returns all events on the way.</summary>
    internal static List<RoomEvent> RunTo(this RoomWorld world, ulong tick, Func<ulong, Command[]>? commands = null)
    {
        var events = new List<RoomEvent>();
        while (world.Tick < tick)
            events.AddRange(world.Run(commands?.Invoke(world.Tick + 1) ?? []));
        return events;
    }

    internal static byte[] Save(this RoomWorld world)
    {
        var writer = new ByteWriter();
        world.Save(writer);
        return writer.Written.ToArray();
    }

    internal static byte[] Image(this RoomWorld world)
    {
        var writer = new ByteWriter();
        world.WriteImage(writer);
        return writer.Written.ToArray();
    }

    internal static FrameHeader Header(ulong tick, bool image = false) => new(1, tick, tick, 0, image, null);
}
