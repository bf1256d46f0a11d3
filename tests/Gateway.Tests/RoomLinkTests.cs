// A room link keeps frames in order and commands until they are acknowledged.
using Aetheris.Gateway.Rooms;
using Aetheris.Gateway.Tests.Fakes;
using Aetheris.Grains.Interfaces.Rooms;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Events;
using Aetheris.Protocol.Frames;
using Aetheris.Protocol.Identity;
using Aetheris.Protocol.Link;
using Aetheris.World;
using CsCheck;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aetheris.Gateway.Tests;

public class RoomLinkTests
{
    private static readonly GatewayId Gateway = new(77);
    private readonly TestRoom _room = new();
    private readonly FakePort _port = new();
    private readonly GatewayOptions _options = new();
    private readonly RoomLink _link;
    private long _now;

    public RoomLinkTests()
    {
        _link = new RoomLink("r", Gateway, _port, WorldDefinition.Standard, _options, new GatewayMetrics(), NullLogger.Instance, 0);
        _room.Tick(TestRoom.Stress(5));
    }

    [Fact]
    public void Frames_are_applied_in_order_however_they_arrive()
    {
        Subscribe();
        var member = Enter();
        var frames = Enumerable.Range(0, 5).Select(_ => _room.Tick()).ToArray();
        foreach (var i in new[] { 1, 0, 0, 4, 3, 1, 2 })
            Receive(frames[i]);
        Assert.Equal([2ul, 3, 4, 5, 6], member.Ticks);
        Assert.Equal(_room.StateBytes(), ReplicaBytes());
        Assert.Empty(_port.Fetches);
    }

    [Fact]
    public void Any_order_of_a_reorder_window_ends_in_the_same_state()
    {
        Gen.Shuffle(Enumerable.Range(0, 8).ToArray()).Sample(order =>
        {
            var test = new RoomLinkTests();
            test.Subscribe();
            var member = test.Enter();
            var frames = Enumerable.Range(0, 8).Select(_ => test._room.Tick()).ToArray();
            foreach (var i in order)
                test.Receive(frames[i]);
            Assert.Equal(Enumerable.Range(2, 8).Select(i => (ulong)i), member.Ticks);
        });
    }

    [Fact]
    public void A_missing_frame_is_asked_for_after_50_ms()
    {
        Subscribe();
        var member = Enter();
        var lost = _room.Tick();
        Receive(_room.Tick());
        Step(49);
        Assert.Empty(_port.Fetches);
        Step(1);
        var fetch = Assert.Single(_port.Fetches);
        Assert.Equal((1u, 2ul, 2ul), (fetch.Epoch, fetch.From, fetch.To));
        fetch.Answer.SetResult([lost]);
        Step(1);
        Assert.Equal([2ul, 3], member.Ticks);
        Assert.Equal(_room.StateBytes(), ReplicaBytes());
    }

    [Fact]
    public void A_missing_frame_is_asked_for_at_once_when_8_frames_wait()
    {
        Subscribe();
        _room.Tick();
        for (var i = 0; i < 8; i++)
            Receive(_room.Tick());
        Assert.Single(_port.Fetches);
    }

    [Fact]
    public void Frames_that_nobody_keeps_lead_to_a_full_image_and_the_losses_show_in_it()
    {
        Subscribe();
        var member = Enter();
        _room.Tick(TestRoom.Clear());
        Receive(_room.Tick());
        Step(60);
        Assert.Single(_port.Fetches).Answer.SetResult([]);
        Step(1);
        Step(300);
        _port.Subscriptions[^1].SetResult(Answer());
        Step(1);
        Assert.Equal(_room.StateBytes(), ReplicaBytes());
        Assert.True(_link.Broadcast.IsImage);
        Assert.False(_link.Broadcast.Events.IsEmpty);
        Assert.Equal(_room.World.Tick, member.Ticks[^1]);
    }

    [Fact]
    public void Every_batch_repeats_what_is_not_acknowledged_and_frames_acknowledge()
    {
        Subscribe();
        var member = Enter();
        Flush(1);
        Assert.Equal(CommandKind.Join, Assert.Single(_port.LastCommands(out var head)).Kind);
        Assert.Equal((1u, 1ul, 1ul), (head.AckEpoch, head.AckSeq, head.FirstSequence));

        Assert.True(_link.TrySubmit(Input(member, 10)));
        Flush(2);
        var commands = _port.LastCommands(out _);
        Assert.Equal([1ul, 2], commands.Select(c => c.Sequence));

        Receive(_room.Tick([.. commands]));
        Assert.Equal(0, _link.Outbox.Count);
        Assert.Contains(RoomEventKind.Joined, member.Events);
        Assert.True(_link.TrySubmit(Input(member, 11)));
        Flush(2);
        Assert.Equal([3ul], _port.LastCommands(out _).Select(c => c.Sequence));
    }

    [Fact]
    public void Silence_of_commands_is_an_acknowledgement_every_250_ms()
    {
        Subscribe();
        Flush(1);
        var before = _port.Batches.Count;
        Receive(_room.Tick());
        Flush(249);
        Assert.Equal(before, _port.Batches.Count);
        Flush(1);
        Assert.Empty(_port.LastCommands(out var head));
        Assert.Equal(2ul, head.AckSeq);
    }

    [Fact]
    public void A_room_that_forgot_the_gateway_gets_joins_first_and_everything_renumbered()
    {
        Subscribe();
        var member = Enter();
        Flush(1);
        Receive(_room.Tick([.. _port.LastCommands(out _)]));
        Assert.True(member.HasJoined);
        Assert.True(_link.TrySubmit(Input(member, 10)));

        _room.Tick(new Command { Kind = CommandKind.GatewayGone, GoneGateway = Gateway });
        Step(150);
        Step(1);
        _port.Subscriptions[^1].SetResult(Answer());
        Step(1);
        Flush(100);
        var commands = _port.LastCommands(out var head);
        Assert.Equal(1ul, head.FirstSequence);
        Assert.Equal([CommandKind.Join, CommandKind.Input], commands.Select(c => c.Kind));
    }

    [Fact]
    public void Commands_beyond_the_retention_bound_are_refused()
    {
        _options.RetentionBytes = 1000;
        Subscribe();
        var member = Enter();
        var taken = 0;
        while (_link.TrySubmit(Input(member, 5)))
            taken++;
        Assert.InRange(taken, 5, 20);
        Assert.True(_link.Outbox.Bytes <= 1000);
    }

    [Fact]
    public void The_log_is_kept_until_it_is_durable_and_never_over_its_bound()
    {
        _options.RetentionBytes = 64 * 1024;
        Subscribe();
        for (var i = 0; i < 10; i++)
            Receive(_room.Tick());
        Assert.Equal(10, _link.Log.Count);
        _room.Durable = 6;
        Receive(_room.Tick());
        Assert.Equal(6, _link.Log.Count);
        Assert.True(_link.Log.IsComplete);

        var log = new CommandLog();
        for (var i = 0; i < 100; i++)
            log.Add(new FrameHeader(1, (ulong)i, (ulong)i, 0, IsImage: false, null), new byte[100], maxBytes: 1000, maxTicks: 1000);
        Assert.True(log.Bytes <= 1000);
        Assert.False(log.IsComplete);
    }

    [Fact]
    public void Six_silent_periods_begin_pauses_at_20_Hz_and_attempts_that_wait_for_no_lost_call()
    {
        Subscribe();
        var member = Enter();
        Step(100);
        Assert.False(_link.IsSilent);
        Step(1);
        Assert.True(_link.IsSilent);
        var attempts = _port.Subscriptions.Count;
        for (var i = 0; i < 2000; i++)
            Step(1);
        Assert.InRange(member.Pauses, 39, 42);
        Assert.InRange(_port.Subscriptions.Count - attempts, 4, 6);
        Receive(_room.Tick());
        Assert.False(_link.IsSilent);
        var pauses = member.Pauses;
        Step(50);
        Assert.Equal(pauses, member.Pauses);
    }

    [Fact]
    public void An_answer_that_is_older_than_the_frames_changes_nothing()
    {
        Subscribe();
        var member = Enter();
        Step(110);
        Step(1);
        var old = Answer();
        Receive(_room.Tick());
        _port.Subscriptions[^1].SetResult(old);
        Step(1);
        Assert.Equal(2ul, _link.Seq);
        Assert.Single(member.Ticks);
    }

    [Fact]
    public void A_spectator_whose_joining_was_missed_asks_again_and_is_let_in()
    {
        var gateway = new TestGateway();
        var transport = new FakeTransport();
        var machine = gateway.Connect(transport, gateway.Token(spectate: true));

        // The room takes the Join, but its frame is lost, and nobody keeps it: only an image comes.
        for (var i = 0; i < 60 && machine.Stage != Connections.ConnectionStage.InRoom; i++)
        {
            gateway.Time.Advance(TimeSpan.FromMilliseconds(16));
            gateway.Links.Step(gateway.Clock.Now);
            gateway.Set.Step(gateway.Clock.Now);
            gateway.Links.Flush(gateway.Clock.Now);
            foreach (var fetch in gateway.Port.Fetches)
                fetch.Answer.TrySetResult([]);
            var commands = new List<Command>();
            foreach (var batch in gateway.Port.Batches)
                CommandBatch.TryRead(batch, out _, commands);
            gateway.Port.Batches.Clear();
            var frame = gateway.Room.Tick([.. commands]);
            if (i >= 10)
                gateway.Port.OnFrame?.Invoke(frame);
        }

        Assert.Equal(Connections.ConnectionStage.InRoom, machine.Stage);
        Assert.Equal(1, gateway.Room.World.Players.Count);
    }

    [Fact]
    public void A_room_that_is_not_open_refuses_its_members()
    {
        Step(1);
        var member = Enter();
        _port.Subscriptions[^1].SetResult(new RoomSubscription(RoomStatus.Closed, [], 0, 60));
        Step(1);
        Assert.Equal(CloseReason.RoomUnavailable, member.Lost);
        Assert.True(_link.IsClosed && _port.IsUnsubscribed);
    }

    [Fact]
    public void Players_of_a_room_that_closed_hear_that_it_is_over()
    {
        Subscribe();
        var member = Enter();
        Receive(_room.Tick());
        Step(101);
        Step(1);
        _port.Subscriptions[^1].SetResult(new RoomSubscription(RoomStatus.Closed, [], 0, 60));
        Step(1);
        Assert.Equal(CloseReason.RoomClosing, member.Lost);
    }

    [Fact]
    public void A_link_without_connections_closes_after_30_s()
    {
        Subscribe();
        var member = Enter();
        Flush(1);
        _link.Exit(member, LeaveReason.Quit, _now);
        Flush(2);
        Receive(_room.Tick([.. _port.LastCommands(out _)]));
        Step(29_900);
        Receive(_room.Tick());
        Assert.False(_link.IsClosed);
        Step(90);
        Assert.False(_link.IsClosed);
        Step(10);
        Assert.True(_link.IsClosed);
    }

    [Fact]
    public void Frames_of_an_older_epoch_are_dropped_and_a_newer_one_asks_for_an_image()
    {
        _room.Epoch = 5;
        Subscribe();
        var member = Enter();
        _room.Epoch = 4;
        Receive(_room.Tick());
        Assert.Empty(member.Ticks);
        _room.Epoch = 6;
        Receive(_room.Tick());
        Step(300);
        _port.Subscriptions[^1].SetResult(Answer());
        Step(1);
        Assert.Equal(6u, _link.Broadcast.Epoch);
    }

    [Fact]
    public void Any_bytes_as_frames_never_throw()
    {
        var frame = _room.Tick();
        Gen.Select(Gen.Byte.Array[0, 300], Gen.Int[0, frame.Length - 1], Gen.Byte).Sample((random, at, value) =>
        {
            var test = new RoomLinkTests();
            test.Subscribe();
            var mutated = frame.ToArray();
            mutated[at] ^= value;
            test.Receive(random);
            test.Receive(mutated);
            test.Receive(mutated[..at]);
        });
    }

    private FakeMember Enter()
    {
        var member = new FakeMember(9);
        _link.Enter(member);
        return member;
    }

    private void Subscribe()
    {
        Step(1);
        _port.Subscriptions[^1].SetResult(Answer());
        Step(1);
    }

    private RoomSubscription Answer() => new(RoomStatus.Active, _room.Image(), _room.LastSequence(Gateway), 60);

    private void Receive(byte[] frame)
    {
        _link.Receive(frame);
        _link.Step(_now);
    }

    private void Step(long milliseconds) => _link.Step(_now += milliseconds);

    private void Flush(long milliseconds)
    {
        _now += milliseconds;
        _link.Flush(_now);
    }

    private byte[] ReplicaBytes()
    {
        var bytes = new ByteWriter();
        _link.Broadcast.Replica.WriteImage(bytes);
        return bytes.Written.ToArray();
    }

    private static Command Input(FakeMember member, ulong tick) => new()
    {
        Kind = CommandKind.Input,
        Player = member.Player,
        Connection = member.Connection,
        Input = new ShipInput { TargetTick = tick, MoveX = 1 },
    };
}
