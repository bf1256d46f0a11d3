// A room without a cluster: it makes the frames that a grain would send.
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Events;
using Aetheris.Protocol.Frames;
using Aetheris.Protocol.Identity;
using Aetheris.World;

namespace Aetheris.Gateway.Tests.Fakes;

internal sealed class TestRoom
{
    private readonly ChangeSet _changes = new();
    private readonly List<RoomEvent> _happened = [];

    public RoomWorld World { get; private set; } = new(WorldDefinition.Standard, new RoomSettings());

    public uint Epoch { get; set; } = 1;

    public ulong Seq { get; private set; }

    public ulong Durable { get; set; }

    /// <summary>Whether frames carry the StateHash.</summary>
    public bool Hashes { get; set; }

    /// <summary>The room goes on in the next epoch, as after a recovery that lost nothing.</summary>
    public void Recover()
    {
        Epoch++;
        Seq = 0;
    }

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
        var hash = Hashes ? World.StateHash() : (ulong?)null;
        RoomFrame.Write(frame, new FrameHeader(Epoch, Seq, World.Tick, Durable, IsImage: false, hash), log.Written, changes.Written, events.Written);
        var bytes = frame.Written.ToArray();
        Assert.True(RoomFrame.TryRead(bytes, out var written) && written.TryReadEvents(_happened));
        return bytes;
    }

    /// <summary>The whole state, with the events after a tick if one is given.</summary>
    public byte[] Image(ulong eventsSince = ulong.MaxValue)
    {
        var events = new ByteWriter();
        var since = _happened.FindAll(e => e.Tick > eventsSince);
        events.WriteUInt16((ushort)since.Count);
        foreach (var roomEvent in since)
            roomEvent.Write(events);
        var changes = new ByteWriter();
        World.WriteImage(changes);
        var frame = new ByteWriter();
        RoomFrame.Write(frame, new FrameHeader(Epoch, Seq, World.Tick, Durable, IsImage: true, null), [0, 0], changes.Written, events.Written);
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
