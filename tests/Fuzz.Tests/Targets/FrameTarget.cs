// Frames, histories and command batches between rooms and gateways, with a checksum that fits what is wrong in them.
using System.Buffers.Binary;
using Aetheris.Gateway.Tests.Fakes;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Events;
using Aetheris.Protocol.Frames;
using Aetheris.Protocol.Identity;
using Aetheris.World;
using Aetheris.World.Replica;

namespace Aetheris.Fuzz.Tests.Targets;

internal sealed class FrameTarget : FuzzTarget
{
    // Each begins anew, so that a case is reached from few others; what a long life does to a replica is ReplicaTarget's.
    private const int CasesPerReplica = 1000;

    private RoomReplica _replica = new(WorldDefinition.Standard);
    private int _count;
    private readonly byte[] _image;
    private readonly List<Command> _commands = [];
    private readonly List<RoomEvent> _events = [];
    private readonly List<HistoryEntry> _history = [];

    public FrameTarget()
    {
        var room = new TestRoom();
        room.Tick(TestRoom.Stress(5));
        _image = room.Image();
    }

    public override string Name => "frame";

    public override int Share => 50;

    public override IEnumerable<byte[]> Examples()
    {
        var room = new TestRoom();
        var player = new PlayerId(1, 2);
        yield return room.Tick(TestRoom.Stress(5));
        yield return room.Image();
        yield return room.Tick(new Command { Kind = CommandKind.Join, Player = player, Connection = new ConnectionEpoch(1), Name = "Ada", Gateway = new GatewayId(9), Sequence = 1 });
        yield return room.Tick(new Command { Kind = CommandKind.Input, Player = player, Connection = new ConnectionEpoch(1), Input = new ShipInput { TargetTick = 4 }, Gateway = new GatewayId(9), Sequence = 2 });
        yield return room.Tick(TestRoom.Clear());
    }

    public override void Try(Span<byte> bytes)
    {
        _commands.Clear();
        _events.Clear();
        _history.Clear();
        if (++_count % CasesPerReplica == 0)
            _replica = new RoomReplica(WorldDefinition.Standard);
        CommandBatch.TryRead(bytes, out _, _commands);
        if (bytes.Length < 8)
            return;
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[^4..], Crc32C.Compute(bytes[..^4]));
        RoomHistory.TryRead(bytes.ToArray(), out _, _history);
        if (!RoomFrame.TryRead(bytes, out var frame))
            return;
        _commands.Clear();
        RoomFrame.TryReadCommands(frame.Commands, _commands);
        frame.TryReadEvents(_events);
        if (!_replica.IsUsable && RoomFrame.TryRead(_image, out var image))
            _replica.TryApply(image);
        _replica.TryApply(frame);
    }
}
