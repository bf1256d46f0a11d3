// A room without a cluster: it makes the frames that a grain would send.
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Frames;
using Aetheris.Protocol.Identity;
using Aetheris.World;

namespace Aetheris.Gateway.Tests.Fakes;

internal sealed class TestRoom
{
    private readonly ChangeSet _changes = new();

    public RoomWorld World { get; private set; } = new(WorldDefinition.Standard, new RoomSettings());

    public uint Epoch { get; set; } = 1;

    public ulong Seq { get; private set; }

    public ulong Durable { get; set; }

    public ulong LastSequence(GatewayId gateway) => World.Gateways.LastOf(gateway);

    /// <summary>One tick; commands of gateways keep their origin.</summary>
    public byte[] Tick(params ReadOnlySpan<Command> commands)
    {
        var log = new ByteWriter();
        log.WriteUInt16(0);
        ushort count = 0;
        World.BeginTick();
        foreach (var command in commands)
        {
            if (!World.Apply(command))
                continue;
            count++;
            log.WriteUInt64(command.Gateway.Value);
            log.WriteUInt64(command.Sequence);
            CommandCodec.Write(log, command);
        }

        log.PatchUInt16(0, count);
        World.Step();
        World.Extract(_changes);
        var changes = new ByteWriter();
        _changes.WriteTo(changes);
        var events = new ByteWriter();
        _changes.WriteEventsTo(events);
        var frame = new ByteWriter();
        Seq++;
        RoomFrame.Write(frame, new FrameHeader(Epoch, Seq, World.Tick, Durable, IsImage: false, null), log.Written, changes.Written, events.Written);
        return frame.Written.ToArray();
    }

    public byte[] Image()
    {
        var changes = new ByteWriter();
        World.WriteImage(changes);
        var frame = new ByteWriter();
        RoomFrame.Write(frame, new FrameHeader(Epoch, Seq, World.Tick, Durable, IsImage: true, null), [0, 0], changes.Written, [0, 0]);
        return frame.Written.ToArray();
    }

    public byte[] StateBytes()
    {
        var bytes = new ByteWriter();
        World.WriteImage(bytes);
        return bytes.Written.ToArray();
    }

    /// <summary>Ids of all entities, ascending.</summary>
    public List<ulong> Ids()
    {
        var ids = new List<ulong>();
        foreach (var slot in World.Entities.Slots)
            ids.Add(World.Entities.IdOf(slot).Value);
        return ids;
    }

    /// <summary>Ids of the ships that players fly.</summary>
    public List<ulong> Ships()
    {
        var ids = new List<ulong>();
        foreach (var slot in World.Entities.Slots)
        {
            if (World.Entities.Column(StandardComponents.PilotStatus).Has(slot))
                ids.Add(World.Entities.IdOf(slot).Value);
        }

        return ids;
    }

    public static Command Stress(ushort count) => new() { Kind = CommandKind.StressTest, Privileged = true, Count = count, Rotate = true };

    public static Command Clear() => new() { Kind = CommandKind.ClearWorld, Privileged = true };
}
