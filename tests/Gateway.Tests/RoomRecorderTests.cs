// A flight recorder beside a link: what it keeps through frames, gaps and recoveries.
using Aetheris.Gateway.Recording;
using Aetheris.Gateway.Rooms;
using Aetheris.Gateway.Tests.Fakes;
using Aetheris.Grains.Interfaces.Rooms;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Frames;
using Aetheris.Protocol.Identity;
using Aetheris.World;
using Aetheris.World.Recording;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aetheris.Gateway.Tests;

public class RoomRecorderTests
{
    private static readonly GatewayId Gateway = new(77);
    private readonly TestRoom _room = new() { Hashes = true };
    private readonly FakePort _port = new();
    private readonly RoomLink _link;
    private long _now;

    public RoomRecorderTests()
    {
        _port.AutoSave = Save;
        _link = new RoomLink("r", Gateway, _port, WorldDefinition.Standard, new GatewayOptions(), new GatewayMetrics(), NullLogger.Instance, 0);
        _room.Tick(TestRoom.Stress(5));
    }

    [Fact]
    public void What_was_recorded_runs_again_to_the_rooms_own_hash()
    {
        Subscribe();
        var recorder = Attach(seconds: 60);
        Fly(50);

        var replay = Replay(recorder, out var recording);
        Assert.Equal((_room.World.Tick, _room.World.StateHash()), (replay.World.Tick, replay.World.StateHash()));
        Assert.Equal(recording.Entries.Count, replay.HashesEqual);
        Assert.True(recording.Entries.Count >= 48);
    }

    [Fact]
    public void Only_the_wanted_seconds_and_a_part_are_kept()
    {
        Subscribe();
        var recorder = Attach(seconds: 2);
        Fly(900);

        Assert.InRange(_room.World.Tick - recorder.FromTick, 120UL, 245UL);
        Assert.Null(Replay(recorder, out _).DiffersAt);
        Assert.Equal(0, recorder.Breaks);
    }

    [Fact]
    public void Bytes_are_bounded_and_what_is_left_can_still_be_run()
    {
        Subscribe();
        var recorder = Attach(seconds: 3600, maxBytes: 64 * 1024);
        for (var i = 0; i < 40; i++)
            Fly(300);

        Assert.True(recorder.Bytes <= 64 * 1024, $"{recorder.Bytes}");
        Assert.Null(Replay(recorder, out _).DiffersAt);
    }

    [Fact]
    public void A_recovery_whose_log_the_room_hands_over_is_recorded_through()
    {
        Subscribe();
        var recorder = Attach(seconds: 60);
        Fly(20);
        var unseen = new List<byte[]> { _room.Tick(), _room.Tick() };
        _room.Recover();
        Silence();
        var history = new ByteWriter();
        RoomHistory.Write(history, default, [.. unseen.Select(EntryOf)]);
        _port.Subscriptions[^1].SetResult(new RoomSubscription(RoomStatus.Active, _room.Image(), 0, 60, Continues: true, history.Written.ToArray()));
        Step(1);
        Fly(20);

        var replay = Replay(recorder, out var recording);
        Assert.Equal((0, _room.World.StateHash()), (recorder.Breaks, replay.World.StateHash()));
        Assert.Equal(2, recording.Entries.Select(entry => entry.Epoch).Distinct().Count());
    }

    [Fact]
    public void After_a_gap_it_begins_anew()
    {
        Subscribe();
        var recorder = Attach(seconds: 60);
        Fly(20);
        _room.Tick();
        _room.Recover();
        Silence();
        _port.Subscriptions[^1].SetResult(new RoomSubscription(RoomStatus.Active, _room.Image(), 0, 60, Continues: true));
        Step(1);
        Fly(20);

        var replay = Replay(recorder, out var recording);
        Assert.Equal((1, _room.World.StateHash()), (recorder.Breaks, replay.World.StateHash()));
        Assert.True(recording.Tick >= 22);
    }

    [Fact]
    public void A_recorder_keeps_its_link_and_outlives_it()
    {
        Subscribe();
        var recorder = Attach(seconds: 60);
        Fly(10);
        _now += 60_000;
        Fly(10);
        Assert.False(_link.IsClosed);
        _link.Close();
        Assert.True(recorder.HasEnded);
        Assert.NotNull(recorder.Write(0));
    }

    private static HistoryEntry EntryOf(byte[] bytes)
    {
        Assert.True(RoomFrame.TryRead(bytes, out var frame));
        return new HistoryEntry(frame.Header.Epoch, frame.Header.Tick, frame.Header.StateHash, frame.Commands.ToArray());
    }

    private static RoomReplay Replay(RoomRecorder recorder, out RoomRecording recording)
    {
        Assert.True(RoomRecording.TryRead(recorder.Write(1), out var read, out var reason), reason);
        recording = read;
        Assert.True(RoomReplay.TryBegin(WorldDefinition.Standard, recording, out var replay, out reason), reason);
        while (replay.TryStep())
        {
        }

        return replay;
    }

    private RoomRecorder Attach(int seconds, long maxBytes = RoomRecorder.MaxBytes)
    {
        var recorder = new RoomRecorder("r", _port, seconds, maxBytes);
        _link.Recorders.Add(recorder);
        return recorder;
    }

    private SavedRoom Save()
    {
        var saved = new ByteWriter();
        _room.World.Save(saved);
        var definition = _room.World.Definition;
        return new SavedRoom(_room.Epoch, _room.World.Tick, "default", definition.WorldVersion, definition.LayoutVersion, saved.Written.ToArray());
    }

    private void Subscribe()
    {
        Step(1);
        _port.Subscriptions[^1].SetResult(new RoomSubscription(RoomStatus.Active, _room.Image(), 0, 60));
        Step(1);
    }

    private void Fly(int ticks)
    {
        for (var i = 0; i < ticks; i++)
        {
            // Something that changes the room's future: chance is part of the state.
            _link.Receive(i % 100 == 7 ? _room.Tick(TestRoom.Stress(1)) : _room.Tick());
            Step(16);
        }
    }

    private void Silence()
    {
        for (var i = 0; i < 20; i++)
            Step(16);
    }

    private void Step(long milliseconds)
    {
        _now += milliseconds;
        _link.Step(_now);
    }
}
