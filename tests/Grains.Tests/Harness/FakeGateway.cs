// A gateway as a room sees it: frames into a replica, commands in batches of everything unacknowledged.
using Aetheris.Grains.Interfaces.Rooms;
using Aetheris.Grains.Pipeline;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Events;
using Aetheris.Protocol.Frames;
using Aetheris.Protocol.Identity;
using Aetheris.World;
using Aetheris.World.Replica;

namespace Aetheris.Grains.Tests.Harness;

public sealed class FakeGateway : IFrameSink, IRoomObserver
{
    private readonly List<Command> _unacknowledged = [];
    private ulong _sequence;

    public FakeGateway(ulong id) => Id = new GatewayId(id);

    public GatewayId Id { get; }

    public RoomReplica Replica { get; } = new(WorldDefinition.Standard);

    public List<FrameHeader> Headers { get; } = [];

    public List<byte[]> Frames { get; } = [];

    public List<Command> Log { get; } = [];

    public List<RoomEvent> Events { get; } = [];

    /// <summary>Whether frames are lost on the way.</summary>
    public bool Deaf { get; set; }

    public IReadOnlyList<Command> Unacknowledged => _unacknowledged;

    public void Send(in FrameHeader header, ReadOnlySpan<byte> frame)
    {
        if (!Deaf)
            Take(frame);
    }

    public Task OnFrameAsync(byte[] frame)
    {
        lock (Frames)
        {
            if (!Deaf)
                Take(frame);
        }

        return Task.CompletedTask;
    }

    public void Take(ReadOnlySpan<byte> bytes)
    {
        Assert.True(RoomFrame.TryRead(bytes, out var frame));
        Assert.True(Replica.TryApply(frame));
        Headers.Add(frame.Header);
        Frames.Add(bytes.ToArray());
        Assert.True(frame.TryReadEvents(Events));
        var commands = new List<Command>();
        Assert.True(frame.TryReadCommands(commands));
        Log.AddRange(commands);
        foreach (var command in commands)
        {
            if (command.Gateway == Id)
                _unacknowledged.RemoveAll(waiting => waiting.Sequence <= command.Sequence);
        }
    }

    public void Queue(Command command)
    {
        command.Gateway = Id;
        command.Sequence = ++_sequence;
        _unacknowledged.Add(command);
    }

    /// <summary>Everything unacknowledged, as a gateway sends it each time.</summary>
    public byte[] Batch() => Batch(_unacknowledged);

    public byte[] Batch(IReadOnlyList<Command> commands)
    {
        var newest = Headers.Count == 0 ? default : Headers[^1];
        var writer = new ByteWriter();
        var first = commands.Count == 0 ? _sequence + 1 : commands[0].Sequence;
        var position = CommandBatch.WriteHead(writer, new CommandBatchHead(Id, newest.Epoch, newest.Seq, first, 0));
        foreach (var command in commands)
            CommandCodec.Write(writer, command);
        CommandBatch.PatchCount(writer, position, (ushort)commands.Count);
        return writer.Written.ToArray();
    }
}
