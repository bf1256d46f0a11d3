// Short ways to make what tests need.
using Aetheris.Grains.Configuration;
using Aetheris.Grains.Metrics;
using Aetheris.Grains.Pipeline;
using Aetheris.Grains.Rooms;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Components;
using Aetheris.Protocol.Identity;
using Aetheris.World;
using Aetheris.World.Replica;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aetheris.Grains.Tests.Harness;

public static class Make
{
    public static GrainMetrics Metrics { get; } = new();

    public static PlayerId Player(int number) => new(7, (ulong)number);

    public static Command Join(int player, uint connection = 1) => new()
    {
        Kind = CommandKind.Join,
        Player = Player(player),
        Connection = new ConnectionEpoch(connection),
        Name = "pilot " + player,
    };

    public static Command Input(int player, ulong tick, float x, float y, uint connection = 1) => new()
    {
        Kind = CommandKind.Input,
        Player = Player(player),
        Connection = new ConnectionEpoch(connection),
        Input = new ShipInput { TargetTick = tick, MoveX = x, MoveY = y },
    };

    public static RoomWorld World(uint capacity = 0) => new(WorldDefinition.Standard, new RoomSettings { Capacity = capacity });

    public static TickPipeline Pipeline(RoomWorld? world = null, int historyTicks = 0) =>
        new(new TickContext(world ?? World(), new RoomMailbox(Metrics), epoch: 3, Metrics, historyTicks));

    public static Room Room(TimeProvider time, RoomTemplate? template = null, int pilots = 0, int historyTicks = 0) =>
        new(
            new RoomSetup("arena", "default", template ?? new RoomTemplate(0, RoomAccess.Open, 0, 0), Epoch: 3, "silo", TickRate: 60, historyTicks, pilots),
            WorldDefinition.Standard,
            Metrics,
            time,
            NullLogger.Instance);

    public static byte[] Image(RoomWorld world)
    {
        var writer = new ByteWriter();
        world.WriteImage(writer);
        return writer.Written.ToArray();
    }

    public static byte[] Image(RoomReplica replica)
    {
        var writer = new ByteWriter();
        replica.WriteImage(writer);
        return writer.Written.ToArray();
    }
}
