// A gateway that keeps what it sees of a room in order and replays the log in a world of its own.
using Aetheris.Grains.Interfaces.Rooms;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Events;
using Aetheris.Protocol.Frames;
using Aetheris.Protocol.Identity;
using Aetheris.World;

namespace Aetheris.Grains.Tests.Harness;

/// <summary>
/// Frames arrive in any order and are kept by (epoch, seq). <see cref="Advance"/> applies the next ones; the shadow world is built from
/// commands alone, so that its hash is what the room's must be. It follows a room from its first tick on.
/// </summary>
public sealed class Witness : IRoomObserver
{
    private readonly Dictionary<(uint Epoch, ulong Seq), byte[]> _frames = [];
    private readonly ChangeSet _changes = new();
    private readonly List<Command> _unacknowledged = [];
    private ulong _sequence;

    public Witness(ulong id) => Id = new GatewayId(id);

    public GatewayId Id { get; }

    public RoomWorld Shadow { get; private set; } = Make.World();

    public List<HistoryEntry> History { get; } = [];

    public List<RoomEvent> Events { get; } = [];

    public Dictionary<ulong, ulong> Hashes { get; } = [];

    public Dictionary<ulong, ulong> ShadowHashes { get; } = [];

    public FrameHeader Newest { get; private set; }

    public List<Command> Applied { get; } = [];

    public IReadOnlyList<Command> Unacknowledged => _unacknowledged;

    /// <summary>Frames of older epochs that came after a newer one had been adopted.</summary>
    public int Stale { get; private set; }

    /// <summary>Frames of a newer epoch than the adopted one.</summary>
    public int Unadopted { get; private set; }

    /// <summary>Whether frames are lost on the way.</summary>
    public bool IsDeaf { get; set; }

    /// <summary>Whether the log is replayed: only for a witness that sees every tick.</summary>
    public bool HasShadow { get; init; } = true;

    public Task OnFrameAsync(byte[] frame)
    {
        Assert.True(RoomFrame.TryRead(frame, out var read));
        lock (_frames)
        {
            if (IsDeaf)
                return Task.CompletedTask;
            if (Newest.Epoch != 0 && read.Header.Epoch > Newest.Epoch)
                Unadopted++;
            if (read.Header.Epoch < Newest.Epoch)
                Stale++;
            else
                _frames[(read.Header.Epoch, read.Header.Seq)] = frame;
        }

        return Task.CompletedTask;
    }

    /// <summary>Begins or continues with an image: frames of its epoch follow it.</summary>
    public void Adopt(RoomSubscription subscription)
    {
        Assert.True(RoomFrame.TryRead(subscription.Image, out var image));
        Assert.True(image.Header.IsImage);
        lock (_frames)
        {
            var events = new List<RoomEvent>();
            Assert.True(image.TryReadEvents(events));
            Events.AddRange(events.Where(e => e.Tick > Newest.Tick));
            if (Newest.Epoch == 0)
                LetTimePass(image.Header.Tick);
            Newest = image.Header;
        }

        _unacknowledged.RemoveAll(command => command.Sequence <= subscription.LastSequence);
        TakeLog(subscription.Log);
    }

    /// <summary>Applies every frame that follows without a gap.</summary>
    public void Advance()
    {
        lock (_frames)
        {
            while (_frames.Remove((Newest.Epoch, Newest.Seq + 1), out var bytes))
            {
                Assert.True(RoomFrame.TryRead(bytes, out var frame));
                Apply(frame);
            }
        }
    }

    public void Queue(Command command)
    {
        command.Gateway = Id;
        command.Sequence = ++_sequence;
        _unacknowledged.Add(command);
    }

    /// <summary>Everything unacknowledged, as a gateway sends it each time.</summary>
    public byte[] Batch()
    {
        var writer = new ByteWriter();
        var first = _unacknowledged.Count == 0 ? _sequence + 1 : _unacknowledged[0].Sequence;
        var position = CommandBatch.WriteHead(writer, new CommandBatchHead(Id, Newest.Epoch, Newest.Seq, first, 0));
        foreach (var command in _unacknowledged)
            CommandCodec.Write(writer, command);
        CommandBatch.PatchCount(writer, position, (ushort)_unacknowledged.Count);
        return writer.Written.ToArray();
    }

    /// <summary>The log that is not durable yet, as a gateway offers it.</summary>
    public byte[] Offer()
    {
        var writer = new ByteWriter();
        RoomHistory.Write(writer, new HistoryHead(Id, Newest.Epoch, Newest.Seq, Newest.Tick), History);
        return writer.Written.ToArray();
    }

    // What the gateway has seen itself counts, the room's log is for the ticks before and between.
    private void TakeLog(byte[]? log)
    {
        var entries = new List<HistoryEntry>();
        Assert.True(RoomHistory.TryRead(log, out _, entries));
        foreach (var entry in entries)
        {
            if (!History.Exists(known => known.Tick == entry.Tick))
                History.Add(entry);
        }

        History.Sort((left, right) => left.Tick.CompareTo(right.Tick));
    }

    // Nothing happened in a room before its first gateway came.
    private void LetTimePass(ulong until)
    {
        while (HasShadow && Shadow.Tick < until)
        {
            Shadow.BeginTick();
            Shadow.Step();
            Shadow.Extract(_changes);
        }
    }

    private void Replay(ulong tick, List<Command> commands)
    {
        Shadow.BeginTick();
        foreach (var command in commands)
            Assert.True(Shadow.Apply(command));
        Shadow.Step();
        Shadow.Extract(_changes);
        ShadowHashes[tick] = Shadow.StateHash();
    }

    private void Apply(in RoomFrame frame)
    {
        Assert.Equal(Newest.Tick + 1, frame.Header.Tick);
        var commands = new List<Command>();
        Assert.True(frame.TryReadCommands(commands));
        Assert.True(frame.TryReadEvents(Events));
        Applied.AddRange(commands);
        if (HasShadow)
            Replay(frame.Header.Tick, commands);
        if (frame.Header.StateHash is { } hash)
            Hashes[frame.Header.Tick] = hash;
        History.Add(new HistoryEntry(frame.Header.Epoch, frame.Header.Tick, frame.Header.StateHash, frame.Commands.ToArray()));
        History.RemoveAll(entry => entry.Tick <= Newest.DurableTick);
        foreach (var command in commands)
        {
            if (command.Gateway == Id)
                _unacknowledged.RemoveAll(waiting => waiting.Sequence <= command.Sequence);
        }

        Newest = frame.Header;
    }
}
